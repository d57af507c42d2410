"""Networks by name: what users type, what they get, and what they are told."""

import inspect
import re

import keras
import numpy as np
import pytest

from cvlabs import create_model, feature_info, list_models, save_weights, variables
from cvlabs.factory import _ONE_SIZE_HEADS, build_abstract
from cvlabs.models import MODELS


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


def test_a_head_that_is_cut_off_is_not_drawn_first(monkeypatch):
    drawn = []
    draw = variables._drawn
    monkeypatch.setattr(
        variables, "_drawn", lambda initializer, shape: drawn.append(tuple(shape)) or draw(initializer, shape)
    )
    model = create_model("vgg11", include_top=False, input_shape=(32, 32, 3), hidden=8)
    assert sorted(drawn) == sorted(tuple(variable.shape) for variable in model.variables)


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
        (
            {"weights": "googlenet.h5"},
            r"weights='googlenet.h5' is no file; expected \"imagenet\" or one of "
            r"\.safetensors, \.pth, \.pt, \.bin, \.weights\.h5, \.keras\.$",
        ),
        ({"weights": ""}, "weights='' is no file; expected \"imagenet\" or one of"),
        ({"weights": "ImageNet"}, "weights='ImageNet' is no file; did you mean \"imagenet\""),
        ({"weights": True}, 'weights must be None, "imagenet" or the path of a file, got True'),
        ({"name": ["a"]}, r"There is no network \['a'\]"),
        ({"wide": 2}, "it takes: (?!.*, name)"),
        *(({"classes": n}, f"classes must be .*at least 1; got {n!r}") for n in (0, -3, 2.5, "10", True)),
        ({"classifier_activation": "sofmax"}, "got 'sofmax'; did you mean 'softmax'"),
        ({"classifier_activation": 5}, "classifier_activation must be None or the name of .*got 5"),
        (
            {"classifier_activation": keras.layers.Softmax},
            "must be None or the name of an activation .*Softmax",
        ),
        (
            {"classes": 1},
            r"classes=1 with softmax gives 1 for every image\. .* classifier_activation=\"sigmoid\"",
        ),
        ({"classes": 1, "classifier_activation": keras.activations.softmax}, "gives 1 for every image"),
        ({"conv": "relu"}, "conv must be a function, as those in cvlabs.models.googlenet and .*'relu'"),
        ({"conv": None}, "conv must be a function"),
        ({"dropout_rate": 1.5}, "dropout_rate must be a number from 0 up to, not including, 1; got 1.5"),
        ({"include_top": "False"}, "include_top must be True or False; got 'False'"),
        ({"features_only": 0}, "features_only must be True or False; got 0"),
        ({"auxiliary_heads": "no"}, "auxiliary_heads must be True or False; got 'no'"),
        ({"name": "mobilenet", "alpha": 0}, "alpha must be a positive number; got 0"),
        ({"name": "efficientnet_b0", "width": -1.0}, "width must be a positive number; got -1.0"),
        ({"name": "efficientnet_b0", "width": True}, "width must be a positive number; got True"),
        ({"name": "resnet18", "filters": 0}, "filters must be a whole number of at least 1; got 0"),
        ({"name": "shufflenet_g3", "groups": 7}, "shuffle cannot divide 60 channels into 7 groups"),
        (
            {"input_shape": (64, 64, 3), "auxiliary_heads": True},
            "the layer aux1_pool would have no output left",
        ),
    ],
)
def test_errors_say_what_to_do(arguments, message):
    with pytest.raises(ValueError, match=message):
        create_model(**({"name": "googlenet", "input_shape": (32, 32, 3)} | arguments))


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        *((shape, "") for shape in ((32, 32), (32, 32, 3, 1), 32, "32x32", "323")),
        *((shape, ", of whole numbers of at least 1") for shape in ((0, 32, 3), (32, -1, 3), (32, 32, None))),
        ((32.0, 32.0, 3), ", of whole numbers of at least 1"),
        ((True, 32, 3), ", of whole numbers of at least 1"),
        ((3, 48, 32), ", with the channels last: (48, 32, 3)"),
        ((1, 28, 28), ", with the channels last: (28, 28, 1)"),
    ],
)
def test_shapes_are_height_width_and_channels(shape, message):
    expected = (
        f"input_shape must be (height, width, channels), such as (224, 224, 3){message}; got {shape!r}."
    )
    for build in (create_model, build_abstract):
        with pytest.raises(ValueError, match=re.escape(expected)):
            build("resnet20_cifar", input_shape=shape)


def test_shapes_may_be_lists_of_numpy_s_numbers():
    model = build_abstract("resnet20_cifar", input_shape=[np.int64(8), 9, 3], classes=np.int64(3))
    assert (model.input_shape, model.output_shape) == ((None, 8, 9, 3), (None, 3))


@pytest.mark.parametrize("name", ["alexnet", "vgg11", "googlenet_tv", "se_resnet50", "squeezenet1_1"])
def test_networks_that_need_images_of_one_size_say_so(name):
    with pytest.raises(ValueError, match=rf"{name} cannot take .*: it needs images of one size\. Give their"):
        build_abstract(name, input_shape=(None, None, 3))


def test_images_of_any_size():
    model = create_model("shufflenet_g3", input_shape=(None, None, 3), classes=3, depths=(1, 1, 1))
    for size in ((32, 32), (33, 40)):
        assert model.predict(np.zeros((1, *size, 3)), verbose=0).shape == (1, 3)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("alexnet_owt", {"filters": (4, 4, 4, 4, 4)}),
        ("vgg11_lrn", {"filters": (4, 4, 4, 4, 4), "pooling": "avg"}),
        ("vgg11_bn", {"filters": (4, 4, 4, 4, 4), "features_only": True}),
        ("alexnet", {"pooling": "max"}),
    ],
)
def test_images_of_any_size_where_only_the_head_needs_one(name, options, tmp_path):
    options = {"include_top": False, **options}
    keras.utils.set_random_seed(1)
    model = create_model(name, input_shape=(None, None, 3), **options)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    for size in ((96, 96), (97, 120)):
        keras.utils.set_random_seed(1)
        sized = create_model(name, input_shape=(*size, 3), **options)
        x = np.random.default_rng(0).random((1, *size, 3), "float32")
        expected = keras.tree.flatten(sized(x))
        for any_size in (model, loaded):
            for y, z in zip(keras.tree.flatten(any_size(x)), expected, strict=True):
                np.testing.assert_allclose(*map(keras.ops.convert_to_numpy, (y, z)), rtol=1e-5, atol=1e-6)
    assert [layer.name for layer in model.layers] == [layer.name for layer in sized.layers]


def test_images_of_any_size_take_the_weights_of_a_file(tmp_path):
    narrow = {"filters": (4, 4, 4, 4, 4), "hidden": 8}
    trained = create_model("vgg11", **narrow)
    save_weights(trained, tmp_path / "vgg11.safetensors")
    model = create_model(
        "vgg11",
        weights=tmp_path / "vgg11.safetensors",
        include_top=False,
        input_shape=(None, 64, 3),
        **narrow,
    )
    assert model.output_shape == (None, None, 2, 4)
    for variable in model.variables:
        expected = next(x for x in trained.variables if x.path == variable.path)
        np.testing.assert_array_equal(*map(keras.ops.convert_to_numpy, (variable, expected)))


def test_the_networks_whose_head_alone_needs_one_size_are_told_apart():
    builders = {name: inspect.unwrap(getattr(builder, "func", builder)) for name, builder in MODELS.items()}
    told = [
        name
        for name, builder in builders.items()
        if "dense_head" in builder.__globals__ and "max_pool_ceil" not in builder.__globals__
    ]  # a pooling that rounds up pads by the size of what it gets
    assert told == [name for name in MODELS if name.startswith(_ONE_SIZE_HEADS)]


def test_networks_whose_head_alone_needs_one_size_name_the_way_without_it():
    with pytest.raises(ValueError, match=r"Give their height and width, or include_top=False; the network"):
        create_model("vgg11", input_shape=(None, None, 3))


def test_what_may_be_none_is_not_its_default_then():
    model = build_abstract("alexnet", lrn=None)
    assert not any(layer.name.startswith("lrn") for layer in model.layers)


def test_channels_are_last_whatever_keras_has_been_told():
    expected = build_abstract("resnet20_cifar").count_params()
    keras.config.set_image_data_format("channels_first")
    try:
        model = create_model("resnet20_cifar", include_top=False, pooling="avg")
        assert build_abstract("resnet20_cifar").count_params() == expected
        with pytest.raises(ValueError, match="number of filters"):
            create_model("alexnet", groups=5)
        assert keras.config.image_data_format() == "channels_first"
    finally:
        keras.config.set_image_data_format("channels_last")
    assert model.output_shape == (None, 64)
    assert {layer.data_format for layer in model.layers if hasattr(layer, "data_format")} == {"channels_last"}


def test_features_of_what_is_no_network_of_ours_alone():
    x, network = keras.Input((32, 32, 3)), build_abstract("resnet20_cifar")
    with pytest.raises(ValueError, match=r"inside it; feature_info\(model\.get_layer\('resnet20_cifar'\)\)"):
        feature_info(keras.Sequential([x, network]))
    with pytest.raises(ValueError, match=r"got str: cvlabs\.create_model"):
        feature_info("resnet18")
    plain = keras.Sequential([x, keras.layers.Conv2D(4, 3, 2, name="conv"), keras.layers.Flatten()])
    assert feature_info(plain) == [{"stride": 2, "channels": 4, "layer": "conv"}]


def test_one_class_without_softmax():
    options = {"input_shape": (8, 8, 3), "classes": 1}
    for activation in (None, "sigmoid"):
        assert create_model("resnet20_cifar", classifier_activation=activation, **options).output_shape == (
            None,
            1,
        )


@pytest.mark.parametrize(
    "enlarge",
    [keras.layers.UpSampling2D((2, 2), name="up"), keras.layers.Conv2DTranspose(4, 2, strides=2, name="up")],
)
def test_a_decoder_divides_strides(enlarge):
    x = keras.Input((32, 32, 3))
    y = keras.layers.Conv2D(4, 3, 2, padding="same")(x)
    deep = keras.layers.MaxPooling2D(2, name="deep")(y)
    join = keras.layers.Add(name="join")([y, enlarge(deep)])
    assert feature_info(keras.Model(x, join)) == [
        {"stride": 2, "channels": 4, "layer": "join"},
        {"stride": 4, "channels": 4, "layer": "deep"},
    ]


def test_features_are_those_of_the_graph_that_is_asked():
    x, y = keras.Input((32, 32, 3), name="x"), keras.Input((32, 32, 3), name="y")
    one, two = (keras.layers.Conv2D(3, 3, 2, padding="same", name=name) for name in ("one", "two"))
    expected = [{"stride": 2, "channels": 3, "layer": "one"}, {"stride": 4, "channels": 3, "layer": "two"}]
    assert feature_info(keras.Model(x, two(one(x)))) == expected
    assert feature_info(keras.Model(y, two(one(y / 255)))) == expected  # the same layers, called again
    assert feature_info(keras.Model(x, one(one(x)))) == [row | {"layer": "one"} for row in expected]
