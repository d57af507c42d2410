"""The table of facts against the built networks."""

import inspect
import re

import pytest

from cvlabs.cost import calculate
from cvlabs.factory import _LEAST_WITH_HEADS, build_abstract
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


@pytest.mark.parametrize(("name", "size"), _LEAST_WITH_HEADS.items())
def test_smaller_images_than_auxiliary_heads_take_are_refused_with_the_smallest_size(name, size):
    build_abstract(name, input_shape=(size, size, 3), auxiliary_heads=True)
    with pytest.raises(
        ValueError,
        match=rf"the layer aux1_\w+ would have no output left\. Use images of at least {size}×{size};",
    ):
        build_abstract(name, input_shape=(size - 1, size - 1, 3), auxiliary_heads=True)


def test_squeezenet_1_1_takes_349_2_million_multiply_adds():
    def fire(inputs, squeeze, expand, side):
        return (inputs * squeeze + squeeze * expand * (1 + 9)) * side**2

    side1 = (224 - 3) // 2 + 1
    side2, side3, side4 = 55, 27, 13  # poolings 3×3/2, rounded up
    assert [-(-(n - 3) // 2) + 1 for n in (side1, side2, side3)] == [side2, side3, side4]
    total = (
        3 * 64 * 9 * side1**2
        + fire(64, 16, 64, side2)
        + fire(128, 16, 64, side2)
        + fire(128, 32, 128, side3)
        + fire(256, 32, 128, side3)
        + fire(256, 48, 192, side4)
        + fire(384, 48, 192, side4)
        + fire(384, 64, 256, side4)
        + fire(512, 64, 256, side4)
        + 512 * 1000 * side4**2
    )
    assert total == model_info("squeezenet1_1").macs == 349_151_936


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


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("VGG16", "'vgg16'"),
        ("ResNet-50", "'resnet50'"),
        ("resnetv2_50", "'resnet50_v2'"),
        ("ResNet50V2", "'resnet50_v2'"),
        ("EfficientNetB0", "'efficientnet_b0'"),
        ("resnext50", "'resnext50_32x4d'"),
        ("google", "'googlenet' or 'googlenet_bn' or 'googlenet_tv'"),
    ],
)
def test_case_signs_order_and_endings_do_not_hide_the_near_ones(name, near):
    with pytest.raises(ValueError, match=re.escape(f"no network {name!r}. Did you mean {near}?")):
        model_info(name)


def test_patterns_are_strings_of_either_case():
    assert list_models("GoogLeNet*") == list_models("googlenet*")
    with pytest.raises(ValueError, match=r"pattern must be a string such as .*, got None"):
        list_models(None)
    with pytest.raises(ValueError, match=r"There is no network \['a'\]"):
        model_info(["a"])
