"""Weights in files: read, matched, assigned, written; and what is said when they do not fit."""

import numpy as np
import pytest

from cvlabs import create_model, load_weights, save_weights
from cvlabs.checks.weights import fill
from cvlabs.models import MODELS
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
    message = str(caught.value)
    assert "1 missing in it: layer1.0.conv1.weight." in message
    assert "1 not expected: layer9.conv1.weight." in message
    assert "1 of another shape: fc.bias (6,) for (5,)." in message
    assert all(np.array_equal(v.numpy(), old) for v, old in zip(model.variables, before, strict=True))


def test_a_head_for_other_classes_is_no_mismatch_only_where_said(checkpoint):
    with pytest.raises(ValueError, match=r"2 of another shape: fc\.weight \(5, 512\) for \(4, 512\)"):
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


@pytest.mark.parametrize("file", ["w.safetensors", "w.weights.h5", "w.keras"])
def test_damaged_files_are_told(tmp_path, file):
    (tmp_path / file).write_bytes(b"\x08\x00\x00\x00")
    with pytest.raises(ValueError, match=r"no readable safetensors file|nothing was changed"):
        load_weights(network(), tmp_path / file)


def test_files_that_are_not_there_or_of_another_kind(tmp_path):
    (tmp_path / "w.npz").write_bytes(b"")
    with pytest.raises(ValueError, match=r"expected \.safetensors, \.pth"):
        load_weights(network(), tmp_path / "w.npz")
    with pytest.raises(ValueError, match="is no file"):
        load_weights(network(), tmp_path / "none.safetensors")
    with pytest.raises(ValueError, match=r"must end in \.safetensors"):
        save_weights(network(), tmp_path / "w.pth")
    with pytest.raises(ValueError, match="No publisher's names are known for 'plain18'"):
        save_weights(network(name="plain18"), tmp_path / "w.safetensors")


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
