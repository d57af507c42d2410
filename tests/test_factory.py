"""Networks by name: what users type, what they get, and what they are told."""

import keras
import numpy as np
import pytest

from cvlabs import create_model, feature_info, list_models


def test_lists_by_shell_pattern():
    assert list_models("google*") == ["googlenet", "googlenet_bn", "googlenet_tv"]
    assert list_models("goo*_[bt]?") == ["googlenet_bn", "googlenet_tv"]
    assert list_models("perceptron*") == []


def test_the_classifier_gives_probabilities_in_float32_also_under_mixed_precision():
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model = create_model("googlenet", classes=7, input_shape=(32, 32, 3))
    finally:
        keras.config.set_dtype_policy("float32")
    y = keras.ops.convert_to_numpy(model(np.ones((2, 32, 32, 3), "float32")))
    assert y.dtype == np.float32
    np.testing.assert_allclose(y.sum(-1), 1, rtol=1e-5)


def test_logits_where_asked_for():
    model = create_model("googlenet", classes=7, input_shape=(32, 32, 3), classifier_activation=None)
    assert model.layers[-1].name == "head_logits"


def test_auxiliary_heads_get_their_activation_too():
    model = create_model("googlenet_bn", classes=7, input_shape=(96, 96, 3), auxiliary_heads=True)
    names = [output._keras_history.operation.name for output in model.outputs]
    assert names == ["predictions", "aux1_predictions", "aux2_predictions"]


@pytest.mark.parametrize(
    ("pooling", "shape"), [(None, (None, 2, 3, 1024)), ("avg", (None, 1024)), ("max", (None, 1024))]
)
def test_without_the_top(pooling, shape):
    model = create_model("googlenet", include_top=False, pooling=pooling, input_shape=(64, 96, 3))
    assert model.output.shape == shape


@pytest.mark.parametrize("name", list_models("google*"))
def test_features_of_every_stride(name):
    model = create_model(name, features_only=True, input_shape=(64, 96, 3))
    rows = feature_info(model)
    assert [row["stride"] for row in rows] == [2, 4, 8, 16, 32]
    for row, output in zip(rows, model.outputs, strict=True):
        assert output.shape == (None, 64 // row["stride"], 96 // row["stride"], row["channels"])
    assert rows[2]["layer"] == "inception_3b_concat"


def test_weights_from_a_file(tmp_path):
    one, two = (create_model("googlenet", classes=3, input_shape=(32, 32, 3)) for _ in range(2))
    one.save_weights(tmp_path / "one.weights.h5")
    one.save(tmp_path / "one.keras")
    x = np.random.default_rng(0).normal(size=(1, 32, 32, 3)).astype("float32")
    assert np.abs(one(x) - two(x)).max() > 0
    for file in ("one.weights.h5", "one.keras"):
        again = create_model("googlenet", classes=3, input_shape=(32, 32, 3), weights=tmp_path / file)
        np.testing.assert_array_equal(one(x), again(x))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": "googlent"}, "Did you mean 'googlenet'"),
        ({"name": "qqqq"}, "There are: .*googlenet, "),
        ({"wide": 2}, "no option 'wide'; it takes"),
        ({"include_top": False, "classes": 10}, "classes=10 would be ignored"),
        ({"features_only": True, "classes": 10}, "classes=10 would be ignored"),
        ({"include_top": False, "classifier_activation": "sigmoid"}, "would be ignored"),
        ({"include_top": False, "auxiliary_heads": True}, "auxiliary_heads=True would be ignored"),
        ({"pooling": "avg"}, "pooling='avg' would be ignored"),
        ({"include_top": False, "pooling": "median"}, "'avg', 'max' or None, got 'median'"),
        ({"weights": "imagenet"}, "No weights for googlenet are published under a stable name"),
        ({"weights": "googlenet.h5"}, "weights='googlenet.h5' is no file"),
        (
            {"input_shape": (64, 64, 3), "auxiliary_heads": True},
            "the layer aux1_pool would have no output left",
        ),
    ],
)
def test_errors_say_what_to_do(arguments, message):
    with pytest.raises(ValueError, match=message):
        create_model(**({"name": "googlenet", "input_shape": (32, 32, 3)} | arguments))
