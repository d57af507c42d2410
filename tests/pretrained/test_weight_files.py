"""Weights in files: read, matched, assigned, written; and what is said when they do not fit."""

import json
import os
import subprocess
import sys

import keras
import numpy as np
import pytest

from cvlabs import create_model, load_weights, save_weights
from cvlabs.checks.weights import fill
from cvlabs.factory import build_abstract
from cvlabs.models import MODELS
from cvlabs.models.vgg import A, vgg
from cvlabs.pretrained import read
from cvlabs.pretrained.names import NAMES
from cvlabs.pretrained.tensors import slots

save_file = pytest.importorskip("safetensors.numpy").save_file
load_file = pytest.importorskip("safetensors.numpy").load_file

SHAPE = (32, 32, 3)


def network(classes=5, name="resnet18", **options):
    model = MODELS[name](input_shape=SHAPE, classes=classes, **options)
    fill(model, 1)
    return model


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    """A file of resnet18 for five classes, and its model."""
    path = tmp_path_factory.mktemp("weights") / "resnet18.safetensors"
    model = network()
    save_weights(model, path)
    return path, model


def image():
    return np.random.default_rng(0).standard_normal((2, *SHAPE), dtype="float32")


def test_the_round_trip_is_exact(checkpoint):
    path, model = checkpoint
    other = MODELS["resnet18"](input_shape=SHAPE, classes=5)
    load_weights(other, path)
    for one, two in zip(model.variables, other.variables, strict=True):
        np.testing.assert_array_equal(one.numpy(), two.numpy())


def test_every_network_has_names_in_files():
    assert set(NAMES) == set(MODELS)


@pytest.mark.parametrize(
    ("name", "tensor"),
    [
        ("alexnet", "features.3.weight"),
        ("vgg16_c", "features.14.weight"),
        ("vgg11_lrn", "features.3.weight"),
        ("googlenet", "inception3a.branch1.conv.bias"),
        ("googlenet_bn", "inception3a.branch1.bn.running_var"),
        ("plain18", "layer2.0.conv1.weight"),
        ("resnet20_cifar", "layer3.2.bn2.running_mean"),
        ("plain20_cifar", "layer1.0.conv1.weight"),
        ("nasnet_mobile", "cell_4.final_path_bn.weight"),
    ],
)
def test_networks_that_no_publisher_has_take_the_names_of_their_relatives(name, tensor):
    model = build_abstract(name)
    found = slots(model, next(iter(NAMES[name].values())))  # raises where two variables get one name
    assert tensor in found
    assert len(found) == len([v for v in model.weights if not v.dtype.startswith("uint")])


def test_the_file_has_torchvision_s_names_and_shapes(checkpoint):
    path, _ = checkpoint
    tensors = load_file(path)
    assert tensors["conv1.weight"].shape == (64, 3, 7, 7)
    assert tensors["layer2.0.downsample.1.running_var"].shape == (128,)
    assert tensors["fc.weight"].shape == (5, 512)
    assert set(tensors) == set(slots(network(), NAMES["resnet18"]["torchvision"]))


@pytest.mark.parametrize("name", ["vgg11", "mobilenet_v2"])
def test_flattened_and_depthwise_kernels_come_back_exactly(tmp_path, name):
    shape = (64, 96, 3)
    one, two = (MODELS[name](input_shape=shape, classes=3) for _ in range(2))
    save_weights(one, tmp_path / "w.safetensors")
    load_weights(two, tmp_path / "w.safetensors")
    assert all(np.array_equal(a.numpy(), b.numpy()) for a, b in zip(one.weights, two.weights, strict=True))


def test_create_model_takes_the_file_and_keeps_all_but_another_head(checkpoint):
    path, model = checkpoint
    same = create_model("resnet18", input_shape=SHAPE, classes=5, weights=path, classifier_activation=None)
    np.testing.assert_array_equal(model(image(), training=False), same(image(), training=False))
    other = create_model("resnet18", input_shape=SHAPE, classes=3, weights=path)
    backbone = [v for v in other.variables if not v.path.startswith("head_")]
    assert all(
        np.array_equal(v.numpy(), w.numpy())
        for v, w in zip(backbone, model.variables[: len(backbone)], strict=True)
    )
    features = create_model("resnet18", input_shape=SHAPE, include_top=False, pooling="avg", weights=path)
    expected = model.get_layer("head_pool").output
    assert features.output.shape == expected.shape
    assert len(create_model("resnet18", input_shape=SHAPE, features_only=True, weights=path).outputs) == 5


def test_batch_counters_and_a_common_prefix_are_passed_over(tmp_path, checkpoint):
    tensors = {f"module.{k}": v for k, v in load_file(checkpoint[0]).items()}
    tensors["module.bn1.num_batches_tracked"] = np.array(7)
    save_file(tensors, tmp_path / "w.safetensors")
    load_weights(network(), tmp_path / "w.safetensors")


def test_auxiliary_heads_that_the_model_lacks_are_passed_over(tmp_path):
    full = network(name="googlenet_tv", auxiliary_heads=True)
    save_weights(full, tmp_path / "w.safetensors")
    main = MODELS["googlenet_tv"](input_shape=SHAPE, classes=5)
    load_weights(main, tmp_path / "w.safetensors")
    np.testing.assert_array_equal(full(image(), training=False)[0], main(image(), training=False))


def test_half_precision_is_widened(tmp_path, checkpoint):
    path, _ = checkpoint
    ml_dtypes = pytest.importorskip("ml_dtypes")
    tensors = load_file(path)
    for dtype in (np.float16, ml_dtypes.bfloat16):
        save_file({k: v.astype(dtype) for k, v in tensors.items()}, tmp_path / "w.safetensors")
        back = read.read_tensors(tmp_path / "w.safetensors")
        assert {v.dtype for v in back.values()} == {np.dtype("float32")}
        np.testing.assert_array_equal(back["fc.bias"], tensors["fc.bias"].astype(dtype).astype("float32"))


def damaged(checkpoint, tmp_path, change):
    tensors = load_file(checkpoint[0])
    change(tensors)
    save_file(tensors, tmp_path / "w.safetensors")
    return tmp_path / "w.safetensors"


def rename(tensors):
    tensors["layer9.conv1.weight"] = tensors.pop("layer1.0.conv1.weight")
    tensors["fc.bias"] = np.zeros(6, "float32")


def test_a_mismatch_lists_everything_and_changes_nothing(tmp_path, checkpoint):
    path = damaged(checkpoint, tmp_path, rename)
    model = network()
    before = [v.numpy() for v in model.variables]
    with pytest.raises(ValueError, match="does not fit resnet18") as caught:
        load_weights(model, path)
    headline, *table = str(caught.value).splitlines()
    assert headline.endswith("names: 1 missing in it, 1 not expected, 1 of another shape.")
    assert table == [
        "",
        "missing in it          not expected         of another shape",
        "layer1.0.conv1.weight  layer9.conv1.weight  fc.bias (6,) for (5,)",
    ]
    assert all(np.array_equal(v.numpy(), old) for v, old in zip(model.variables, before, strict=True))


def test_a_head_for_other_classes_is_no_mismatch_only_where_said(checkpoint):
    with pytest.raises(
        ValueError, match=r"2 of another shape\.\s+of another shape\s+fc\.weight \(5, 512\) for \(4, 512\)"
    ):
        load_weights(network(4), checkpoint[0])
    load_weights(network(4), checkpoint[0], new_head=True)


def test_keras_files_that_do_not_fit_change_nothing(tmp_path):
    network(4).save_weights(tmp_path / "w.weights.h5")
    network(4).save(tmp_path / "w.keras")
    for file in ("w.weights.h5", "w.keras"):
        model = network(5)
        before = model.get_weights()
        with pytest.raises(ValueError, match=r"does not fit resnet18, so nothing was changed"):
            load_weights(model, tmp_path / file)
        assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))


def chain(*names, units=3):
    x = inputs = keras.Input((3,), name="image")
    for name in names:
        x = keras.layers.Dense(units, name=name)(x)
    return keras.Model(inputs, x, name="chain")


def unregistered_loss(y, p):
    return keras.ops.mean((y - p) ** 2)


@pytest.fixture(params=["w.weights.h5", "w.keras"])
def keras_file(request, tmp_path):
    """A file of two dense layers, compiled with a loss that only this module knows; and its model."""
    model = chain("one", "two")
    fill(model, 3)
    model.compile("adam", unregistered_loss)
    path = tmp_path / request.param
    (model.save if path.suffix == ".keras" else model.save_weights)(path)
    return path, model


def test_keras_files_fill_layers_by_name_and_not_by_order(keras_file):
    path, model = keras_file
    other = chain("two", "one")
    load_weights(other, path)
    for name in ("one", "two"):
        for got, expected in zip(other.get_layer(name).weights, model.get_layer(name).weights, strict=True):
            np.testing.assert_array_equal(got, expected)


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (
            lambda: chain("one", "else"),
            "2 missing in it, 2 not expected.\n\n"
            "missing in it  not expected\nelse/kernel    two/0\nelse/bias      two/1",
        ),
        (lambda: chain("one"), "not expected\ntwo/0\ntwo/1"),
        (lambda: chain("one", "two", "three"), "missing in it\nthree/kernel\nthree/bias"),
        (lambda: chain("one", "two", units=4), r"one/kernel (3, 3) for (3, 4)"),
    ],
)
def test_keras_files_of_other_layers_are_listed(keras_file, model, message):
    model = model()
    before = model.get_weights()
    with pytest.raises(ValueError, match="does not fit chain, so nothing was changed") as caught:
        load_weights(model, keras_file[0])
    assert message in str(caught.value)
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))


@pytest.mark.parametrize("file", ["w.weights.h5", "w.keras"])
@pytest.mark.parametrize("policy", ["float16", "bfloat16"])
def test_keras_files_of_half_precision(tmp_path, file, policy):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(3, name="one", dtype=policy)])
    fill(model, 3)
    (model.save if file.endswith(".keras") else model.save_weights)(tmp_path / file)
    other = chain("one")
    load_weights(other, tmp_path / file)
    kernel = keras.ops.cast(model.get_layer("one").kernel, "float32")
    np.testing.assert_array_equal(other.get_layer("one").kernel, kernel)


@pytest.mark.parametrize("file", ["w.safetensors", "w.weights.h5", "w.keras"])
def test_damaged_files_are_told(tmp_path, file):
    (tmp_path / file).write_bytes(b"\x08\x00\x00\x00")
    with pytest.raises(ValueError, match=r"no readable safetensors file|is damaged, or no file of Keras 3"):
        load_weights(network(), tmp_path / file)


@pytest.mark.parametrize("dtype", ["int8", "bool"])
def test_whole_numbers_are_no_weights(tmp_path, checkpoint, dtype):
    path = damaged(checkpoint, tmp_path, lambda t: t.update({"fc.bias": np.ones(5, dtype)}))
    with pytest.raises(
        ValueError, match=rf"1 of another shape\.\s+of another shape\s+fc\.bias \(5,\) {dtype} for \(5,\)"
    ):
        load_weights(network(), path)


def narrow_vgg(side, classes=5):
    arguments = {"filters": (4, 6, 8, 8, 8), "hidden": 16, "stages": A, "name": "vgg11"}
    return vgg((side, side, 3), classes, **arguments)


def test_a_new_head_is_the_classifier_and_not_a_hidden_layer_of_another_size(tmp_path):
    save_weights(narrow_vgg(64), tmp_path / "w.safetensors")
    with pytest.raises(
        ValueError,
        match=r"1 of another shape\.\s+of another shape\s+classifier\.0\.weight \(16, 32\) for \(16, 8\)",
    ):
        load_weights(narrow_vgg(32), tmp_path / "w.safetensors", new_head=True)
    load_weights(narrow_vgg(64, classes=3), tmp_path / "w.safetensors", new_head=True)


def test_a_head_that_is_cut_off_may_be_of_any_size(tmp_path, monkeypatch):
    save_weights(narrow_vgg(64), tmp_path / "w.safetensors")
    monkeypatch.setitem(MODELS, "vgg11", lambda input_shape, classes=5: narrow_vgg(input_shape[0], classes))
    create = {"input_shape": SHAPE, "weights": tmp_path / "w.safetensors"}
    assert create_model("vgg11", include_top=False, **create).output.shape == (None, 1, 1, 8)
    with pytest.raises(ValueError, match="1 of another shape"):
        create_model("vgg11", **create)


def save(model, path):
    if path.suffix == ".safetensors":
        save_weights(model, path, network="resnet18")
    else:
        (model.save if path.suffix == ".keras" else model.save_weights)(path)


@pytest.fixture(params=["w.safetensors", "w.weights.h5", "w.keras"])
def path(request, tmp_path):
    return tmp_path / request.param


def test_files_of_every_kind_give_the_backbone_to_other_classes_and_to_none(path):
    model = network()
    save(model, path)
    shape = {"input_shape": SHAPE, "weights": path}
    ten = create_model("resnet18", classes=10, **shape)
    bare = create_model("resnet18", include_top=False, **shape)
    assert ten.output.shape == (None, 10)
    for made in (ten, bare):
        for one, other in zip(
            made.get_layer("stem_bn").weights, model.get_layer("stem_bn").weights, strict=True
        ):
            np.testing.assert_array_equal(one, other)
    with pytest.raises(ValueError, match=r"1 of another shape|2 of another shape"):
        create_model("resnet18", **shape)  # the builder's own number of classes was not asked for


def test_a_file_without_a_classifier_is_for_models_without_one(path):
    bare = create_model("resnet18", input_shape=SHAPE, include_top=False)
    fill(bare, 2)
    save(bare, path)
    shape = {"input_shape": SHAPE, "weights": path}
    again = create_model("resnet18", include_top=False, **shape)
    np.testing.assert_array_equal(bare(image(), training=False), again(image(), training=False))
    with pytest.raises(ValueError, match="2 missing in it"):
        create_model("resnet18", classes=3, **shape)


def test_what_comes_from_a_file_is_not_drawn_first(checkpoint, monkeypatch):
    drawn = []
    draw = keras.initializers.GlorotUniform.__call__
    monkeypatch.setattr(
        keras.initializers.GlorotUniform,
        "__call__",
        lambda self, shape, **options: drawn.append(shape) or draw(self, shape, **options),
    )
    create_model("resnet18", input_shape=SHAPE, classes=3, weights=checkpoint[0])
    assert drawn == [(512, 3)]  # the new head's


def test_another_number_of_classes_must_be_asked_for(checkpoint):
    with pytest.raises(ValueError, match=r"fc\.weight \(5, 512\) for \(1000, 512\)"):
        create_model("resnet18", input_shape=SHAPE, weights=checkpoint[0])


def test_files_that_are_not_there_or_of_another_kind(tmp_path):
    kinds = r"expected one of \.safetensors, \.pth, \.pt, \.bin, \.weights\.h5, \.keras\."
    for file in ("w.npz", "w.h5"):
        (tmp_path / file).write_bytes(b"")
        with pytest.raises(ValueError, match=rf"is no file that can be read here; {kinds}"):
            load_weights(chain("one"), tmp_path / file)
    with pytest.raises(ValueError, match=rf"is no file; {kinds}"):
        load_weights(chain("one"), tmp_path / "none.safetensors")
    with pytest.raises(ValueError, match=r"must end in \.safetensors"):
        save_weights(chain("one"), tmp_path / "w.pth")
    with pytest.raises(ValueError, match="'chain' is no network of cvlabs"):
        save_weights(chain("one"), tmp_path / "w.safetensors")


@pytest.mark.parametrize("function", [load_weights, save_weights])
@pytest.mark.parametrize(
    ("model", "path", "message"),
    [
        (
            "resnet18",
            "w.safetensors",
            "Expected a Keras model first, as cvlabs.create_model returns, got str",
        ),
        (None, "w.safetensors", "Expected a Keras model first, .* got NoneType"),
        (chain("one"), None, "Expected the path of a file with weights, got None"),
        (chain("one"), 3, "Expected the path of a file with weights, got 3"),
    ],
)
def test_what_is_neither_a_model_nor_a_path(function, model, path, message):
    with pytest.raises(ValueError, match=message):
        function(model, path)


@pytest.mark.parametrize("function", [load_weights, save_weights])
def test_a_model_inside_another_one_is_named(function, tmp_path, checkpoint):
    outer = keras.Sequential([keras.Input(SHAPE), network()], name="outer")
    with pytest.raises(ValueError, match=r"of outer are in a model .*get_layer\('resnet18'\) instead"):
        function(outer, checkpoint[0] if function is load_weights else tmp_path / "w.safetensors")


@pytest.mark.parametrize("layer", [keras.layers.SeparableConv2D(3, 3), keras.layers.Conv2DTranspose(3, 3)])
def test_layers_that_torch_s_files_have_no_place_for_are_named(tmp_path, checkpoint, layer):
    x = keras.Input(SHAPE)
    model = keras.Model(x, layer(x), name="resnet18")
    message = rf"kernel of {layer.name}, a {type(layer).__name__}, has no counterpart in torch's files"
    with pytest.raises(ValueError, match=message):
        save_weights(model, tmp_path / "w.safetensors")
    with pytest.raises(ValueError, match=message):
        load_weights(model, checkpoint[0])
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"There is no folder .*none to write w\.safetensors into"):
        save_weights(chain("one"), tmp_path / "none" / "w.safetensors")


def test_a_file_that_cannot_be_written_is_named_and_its_draft_is_not(tmp_path, checkpoint):
    path = tmp_path / "w.safetensors"
    path.mkdir()
    with pytest.raises(OSError, match=r"w\.safetensors could not be written") as caught:
        save_weights(checkpoint[1], path)
    assert ".part" not in str(caught.value)
    assert list(tmp_path.iterdir()) == [path]


def test_torch_s_own_format_takes_torch(tmp_path, monkeypatch):
    (tmp_path / "w.pth").write_bytes(b"")
    monkeypatch.setattr(read.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match="takes torch to read: install it"):
        load_weights(network(), tmp_path / "w.pth")


def test_nothing_half_written_is_left(tmp_path, monkeypatch, checkpoint):
    path = tmp_path / "w.safetensors"
    path.write_bytes(b"the old one")

    def disk_full(tensors, draft, metadata):
        draft.write_bytes(b"half")
        raise OSError("No space left on device")

    monkeypatch.setattr("safetensors.numpy.save_file", disk_full)
    with pytest.raises(OSError, match="No space left"):
        save_weights(checkpoint[1], path)
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_is_as_readable_as_others(tmp_path, checkpoint):
    save_weights(checkpoint[1], tmp_path / "w.safetensors")
    (tmp_path / "other").touch()
    assert (tmp_path / "w.safetensors").stat().st_mode == (tmp_path / "other").stat().st_mode


FULL_DISK = """
import json, resource, sys
from cvlabs import save_weights
from cvlabs.models.vgg import A, vgg
model = vgg((32, 32, 3), 5, stages=A, filters=(4, 6, 8, 8, 8), hidden=16, name="vgg11")
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    save_weights(model, sys.argv[1])
except OSError as error:
    print(json.dumps(str(error)))
"""


def test_what_a_full_disk_does(tmp_path):
    path = tmp_path / "w.safetensors"
    path.write_bytes(b"the old one")
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, path],
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
        env=os.environ,
    )
    assert "could not be written" in json.loads(run.stdout)
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]
