"""Conventions against the tools that they are named after, and against each other."""

import json
from dataclasses import replace
from pathlib import Path

import keras
import pytest
from keras import layers

from cvlabs.cost import CONVENTIONS, calculate

TOOLS = json.loads(Path(__file__).with_name("tool_totals.json").read_text(encoding="utf-8"))

# Published in millions, for five networks, by fvcore 0.1.5 and torchinfo 1.8, and by formula.
PUBLISHED = {
    "alexnet_owt": {"macs": 714.19, "fvcore": 714.20, "torchinfo": 714.68},
    "vgg16": {"macs": 15470.26, "fvcore": 15470.29, "torchinfo": 15483.82},
    "resnet18": {"macs": 1814.07, "fvcore": 1819.07, "torchinfo": 1814.08},
    "resnet50_v15": {"macs": 4089.18, "fvcore": 4111.51, "torchinfo": 4089.24},
    "mobilenet_v2": {"macs": 300.77, "fvcore": 314.19, "torchinfo": 300.81},
}
# These take means where torchvision's others pool adaptively; fvcore has no handle for a mean.
MEANS = {"mnasnet_b1": 7 * 7 * 1280, "shufflenet_v2_x1_0": 7 * 7 * 1024}


@pytest.mark.parametrize("name", TOOLS["networks"])
def test_totals_are_those_of_the_tools(name):
    tools, cost = TOOLS["networks"][name], calculate(name)
    assert cost.total.params == tools["params"]
    assert cost.under("fvcore").total.macs == tools["fvcore"] + MEANS.get(name, 0)
    assert cost.under("fvcore").total.activation_bytes == tools["fvcore_activation_bytes"]
    assert cost.under("torchinfo").total.macs == tools["torchinfo"]
    assert cost.under("torchinfo").total.activation_bytes == tools["torchinfo_activation_bytes"]
    for convention, millions in PUBLISHED.get(name, {}).items():
        assert round(cost.under(convention).total.macs / 1e6, 2) == millions


def test_the_recorded_totals_say_how_they_were_made():
    assert TOOLS["made_with"]["fvcore"].startswith("0.1.5")
    assert TOOLS["made_with"]["torchinfo"].startswith("1.8")


@pytest.mark.parametrize("name", ["vgg11_bn", "mobilenet_v2"])
def test_keras_counts_what_keras_counts(name):
    from cvlabs.factory import build_abstract

    model = build_abstract(name, input_shape=(64, 64, 3))
    total = calculate(model, convention="keras").total
    assert total.params == model.count_params()
    assert (total.macs, total.activation_bytes) == (0, 0)
    assert total.weight_bytes == 4 * model.count_params()


def mixed():
    inputs = keras.Input((8, 8, 3), name="image")
    x = layers.Conv2D(4, 3, activation="relu", name="conv")(inputs)
    x = layers.BatchNormalization(name="bn")(x)
    x = layers.MaxPooling2D(2, name="pool")(x)
    x = layers.Dropout(0.5, name="dropout")(layers.Flatten(name="flatten")(x))
    return keras.Model(inputs, layers.Dense(5, name="fc")(x))


def counted(convention, attribute):
    return {
        row.name: getattr(row, attribute) for row in calculate(mixed(), convention=convention).rows[1:]
    } | {"image": getattr(calculate(mixed(), convention=convention).rows[0], attribute)}


def test_what_is_not_counted_is_listed_as_such():
    conv, fc, values = 36 * 4 * 27, 36 * 5, 36 * 4
    nothing = dict.fromkeys(("image", "bn", "pool", "flatten", "dropout"))
    assert counted("macs", "macs") == counted("lecture", "macs") == nothing | {"conv": conv, "fc": fc}
    assert counted("torchinfo", "macs") == nothing | {"conv": conv + values, "fc": fc + 5, "bn": 8}
    assert counted("fvcore", "macs") == nothing | {"conv": conv, "fc": fc, "bn": 2 * values}
    assert counted("flops", "macs") == {
        "image": None,
        "conv": 2 * conv + 2 * values,
        "bn": 2 * values,
        "pool": values,
        "flatten": 0,
        "dropout": 0,
        "fc": 2 * fc + 5,
    }


def test_memory_that_is_counted():
    conv, pool, fc = 4 * 36 * 4, 4 * 9 * 4, 4 * 5
    nothing = dict.fromkeys(("image", "bn", "pool", "flatten", "dropout", "fc"))
    assert counted("lecture", "activation_bytes") == nothing | {"conv": conv}
    assert counted("fvcore", "activation_bytes") == nothing | {"conv": conv, "fc": fc}
    assert counted("torchinfo", "activation_bytes") == nothing | {
        "conv": 2 * conv,
        "bn": 2 * conv,
        "fc": 2 * fc,
    }
    assert counted("macs", "activation_bytes") == nothing | {
        "conv": conv,
        "bn": conv,
        "pool": pool,
        "fc": fc,
    }


def test_a_dense_layer_on_more_axes_is_counted_at_each_place():
    """torchinfo says 24 multiply-adds, as if there were one place: a mistake, not a convention."""
    inputs = keras.Input((10, 3))
    model = keras.Model(inputs, layers.Dense(6)(inputs))
    assert calculate(model, convention="torchinfo").total.macs == 10 * (3 * 6 + 6) == 240


def test_a_convention_of_ones_own():
    kilobytes = replace(
        CONVENTIONS["macs"], name="mine", activation_bytes=lambda call: 1000 * len(call.outputs)
    )
    assert calculate(mixed(), convention=kilobytes).total.activation_bytes == 7000


def test_an_unknown_convention_is_told_the_known_ones():
    with pytest.raises(ValueError, match=r"convention must be one of lecture, macs, flops, .* got 'gflops'"):
        calculate("vgg16", convention="gflops")
    with pytest.raises(ValueError, match=r"convention must be one of .* got \['macs'\]"):
        calculate("vgg16", convention=["macs"])
