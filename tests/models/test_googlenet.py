"""GoogLeNet against the paper's table, torchvision's counts, and formulas that are derived here again."""

import sys

import keras
import numpy as np
import pytest

from cvlabs import blocks
from cvlabs.models import MODELS, googlenet
from cvlabs.models.googlenet import INCEPTION_MODULES, auxiliary_head, inception_module, main_head, stem


def counts(model):
    trainable = sum(int(np.prod(v.shape)) for v in model.trainable_variables)
    return trainable, model.count_params() - trainable


@pytest.fixture(scope="module")
def with_heads():
    return {name: MODELS[name](auxiliary_heads=True) for name in MODELS if name.startswith("googlenet")}


# The paper's form by hand; torchvision's from its published weights' sizes.
@pytest.mark.parametrize(
    ("name", "main", "heads"),
    [
        ("googlenet", (6_998_552, 0), (13_378_280, 0)),
        ("googlenet_bn", (7_005_832, 14_560), (13_385_816, 15_072)),
        ("googlenet_tv", (6_624_904, 14_560), (13_004_888, 15_072)),
    ],
)
def test_parameter_counts(with_heads, name, main, heads):
    assert counts(with_heads[name]) == heads
    without = keras.Model(with_heads[name].inputs, with_heads[name].outputs[0])
    assert counts(without) == main


def test_parameters_add_up_from_table_1():
    def conv(kernel, inputs, filters):
        return (kernel**2 * inputs + 1) * filters

    total, channels = conv(7, 3, 64) + conv(1, 64, 64) + conv(3, 64, 192), 192
    for f1, f3_reduce, f3, f5_reduce, f5, pool_proj in INCEPTION_MODULES.values():
        total += conv(1, channels, f1) + conv(1, channels, f3_reduce) + conv(3, f3_reduce, f3)
        total += conv(1, channels, f5_reduce) + conv(5, f5_reduce, f5) + conv(1, channels, pool_proj)
        channels = f1 + f3 + f5 + pool_proj
    total += 1024 * 1000 + 1000
    assert total == 6_998_552


def macs(model):
    """Multiply-adds of convolutions and dense layers, from the shapes of the built graph."""
    total = 0
    for layer in model.layers:
        if isinstance(layer, keras.layers.Conv2D | keras.layers.Dense):
            positions = int(np.prod(layer.output.shape[1:-1]))
            total += positions * int(np.prod(layer.kernel.shape))
    return total


@pytest.mark.parametrize(
    ("name", "main", "heads"), [("googlenet", 1582.7, 1591.0), ("googlenet_bn", 1582.7, 1591.0)]
)
def test_multiply_adds(with_heads, name, main, heads):
    model = with_heads[name]
    assert round(macs(model) / 1e6, 1) == heads
    assert round(macs(keras.Model(model.inputs, model.outputs[0])) / 1e6, 1) == main


def test_multiply_adds_of_torchvision_s_form(with_heads):
    model = with_heads["googlenet_tv"]
    assert round(macs(keras.Model(model.inputs, model.outputs[0])) / 1e6, 1) == 1498.4


def test_shapes_follow_the_paper(with_heads):
    for model in with_heads.values():
        shape = {layer.name: layer.output.shape[1:] for layer in model.layers}
        assert shape["stem_pool2"] == (28, 28, 192)
        assert shape["inception_3b_concat"] == (28, 28, 480)
        assert shape["inception_4a_concat"] == (14, 14, 512)
        assert shape["inception_4e_concat"] == (14, 14, 832)
        assert shape["inception_5b_concat"] == (7, 7, 1024)
        assert shape["aux1_pool"] == (4, 4, 512)
        assert [output.shape for output in model.outputs] == [(None, 1000)] * 3


def test_help_shows_public_names():
    assert googlenet.__name__ == "googlenet"
    variants = [MODELS[name] for name in ("googlenet_bn", "googlenet_tv")]
    assert all(variant.func is googlenet for variant in variants)


def test_no_function_has_the_name_of_another_one_in_blocks():
    own = vars(sys.modules["cvlabs.models.googlenet"])
    for name, function in vars(blocks).items():
        if not name.startswith("_"):
            assert own.get(name, function) is function, name


def test_names_are_the_same_on_every_call_and_fit_keras():
    names = [[layer.name for layer in googlenet((64, 64, 3), 10).layers] for _ in range(2)]
    assert names[0] == names[1]
    assert not any("/" in name for name in names[0])


def test_blocks_stand_alone_and_twice_in_one_model():
    x = keras.Input((32, 48, 3))
    features = stem(x)
    one, two = (inception_module(features, 2, 3, 4, 5, 6, 7) for _ in range(2))
    assert one.shape == (None, 4, 6, 19)
    model = keras.Model(x, [main_head(one, 5), main_head(two, 5)])
    assert [y.shape for y in model.outputs] == [(None, 5)] * 2
    assert auxiliary_head(keras.Input((14, 14, 8)), 5).shape == (None, 5)


def test_ceil_mode_pooling_equals_torch_on_odd_sizes():
    from cvlabs.blocks import max_pool_ceil

    for size in range(5, 12):
        for window in (2, 3):
            x = keras.Input((size, size, 1))
            got = keras.Model(x, max_pool_ceil(x, window, name=None))(
                grid := np.random.rand(1, size, size, 1)
            )
            starts = range(0, size - window + 1 + 1, 2)  # torch: windows start inside, the last may overhang
            starts = [s for s in starts if s < size]
            expected = [[grid[0, i : i + window, j : j + window, 0].max() for j in starts] for i in starts]
            np.testing.assert_allclose(got[0, :, :, 0], expected, rtol=1e-6)


def test_saves_and_loads_with_equal_outputs(tmp_path):
    model = googlenet((64, 64, 3), 5)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras", safe_mode=True)
    x = np.random.default_rng(0).normal(size=(1, 64, 64, 3)).astype("float32")
    np.testing.assert_allclose(model(x), loaded(x), rtol=1e-6)
