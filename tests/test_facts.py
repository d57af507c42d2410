"""The table of facts against the built networks."""

import inspect

import pytest

from cvlabs.cost import calculate
from cvlabs.factory import build_abstract
from cvlabs.facts import list_models, model_info
from cvlabs.models import MODELS
from tests.models.counting import counts, macs


def test_every_network_is_in_the_table_and_the_other_way_round():
    assert list_models() == list(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_counts_are_those_of_the_built_network(name):
    info = model_info(name)
    assert inspect.signature(MODELS[name]).parameters["input_shape"].default == (
        info.input_size,
        info.input_size,
        3,
    )
    model = build_abstract(name)
    assert model.name == name
    assert counts(model) == (info.params, info.bn_statistics)
    assert macs(model) == info.macs
    total = calculate(model).total
    assert (total.params, total.bn_statistics, total.macs) == (info.params, info.bn_statistics, info.macs)


@pytest.mark.parametrize("name", [name for name in MODELS if model_info(name).min_input_size > 1])
def test_smaller_images_than_the_smallest_are_refused_by_name_of_the_layer(name):
    size = model_info(name).min_input_size
    build_abstract(name, input_shape=(size, size, 3))
    with pytest.raises(
        ValueError,
        match=rf"{name} cannot take input_shape=.*the layer \w+ would have no output left\. "
        rf"Use images of at least {size}×{size};",
    ):
        build_abstract(name, input_shape=(size - 1, size - 1, 3))


def test_errors_come_with_their_protocol():
    for info in map(model_info, list_models()):
        published = [error for error in (info.top1_error, info.top5_error) if error is not None]
        assert bool(published) == bool(info.error_protocol), info.name
        assert all(0 < error < 50 for error in published), info.name
        if len(published) == 2:
            assert info.top5_error < info.top1_error
        assert 2010 < info.year < 2030


def test_unknown_names_are_told_the_near_ones():
    with pytest.raises(ValueError, match=r"no network 'googlnet'\. Did you mean 'googlenet'"):
        model_info("googlnet")
