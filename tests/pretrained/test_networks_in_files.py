"""Weights and the network that they are of: a namesake is not taken for it, its constants count."""

from functools import partial

import keras
import numpy as np
import pytest

from cvlabs import create_model, load_weights, save_weights
from cvlabs.blocks import batch_norm
from cvlabs.checks.weights import fill
from cvlabs.models import MODELS

save_file = pytest.importorskip("safetensors.numpy").save_file
load_file = pytest.importorskip("safetensors.numpy").load_file

RESNET, PLAIN = "resnet20_cifar", "plain20_cifar"  # alike in names and shapes


def save(model, path):
    if path.suffix == ".safetensors":
        save_weights(model, path)
    else:
        (model.save if path.suffix == ".keras" else model.save_weights)(path)


@pytest.fixture(scope="module", params=["w.safetensors", "w.weights.h5", "w.keras"])
def saved(request, tmp_path_factory):
    """A file of a residual network, and that network."""
    path = tmp_path_factory.mktemp("weights") / request.param
    model = MODELS[RESNET]()
    fill(model, 1)
    save(model, path)
    return path, model


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one.get_weights(), other.get_weights(), strict=True))


def test_the_weights_of_another_network_are_refused_unless_it_is_named(saved):
    path, model = saved
    other = MODELS[PLAIN]()
    before = other.get_weights()
    with pytest.raises(ValueError, match=f"holds weights of {RESNET}, expected those of {PLAIN}") as caught:
        load_weights(other, path)
    assert f"load_weights(model, {str(path)!r}, network={RESNET!r})" in str(caught.value)
    assert all(np.array_equal(a, b) for a, b in zip(before, other.get_weights(), strict=True))
    load_weights(other, path, network=RESNET)
    assert same(model, other)


def test_create_model_refuses_them_too(saved):
    with pytest.raises(ValueError, match=f"holds weights of {RESNET}, expected those of {PLAIN}"):
        create_model(PLAIN, weights=saved[0])


def test_a_model_under_its_user_s_name_takes_its_network_s_weights(saved):
    path, model = saved
    mine = MODELS[RESNET](name="mine")
    load_weights(mine, path, network=RESNET)
    assert same(model, mine)
    with pytest.raises(ValueError, match=f"expected those of {PLAIN}"):
        load_weights(mine, path, network=PLAIN)


def test_what_a_user_named_is_no_other_network(saved, tmp_path):
    mine = MODELS[RESNET](name="mine")
    path = tmp_path / saved[0].name
    if path.suffix == ".safetensors":
        save_weights(mine, path, network=RESNET)
    else:
        save(mine, path)
    model = MODELS[RESNET]()
    load_weights(model, path)
    assert same(mine, model)


@pytest.mark.parametrize("metadata", [None, {"format": "pt"}, {"network": RESNET}])
def test_files_from_elsewhere_do_not_say(tmp_path, metadata):
    model = MODELS[RESNET]()
    save_weights(model, tmp_path / "w.safetensors")
    save_file(load_file(tmp_path / "w.safetensors"), tmp_path / "w.safetensors", metadata=metadata)
    other = MODELS[PLAIN]()
    load_weights(other, tmp_path / "w.safetensors")
    assert same(model, other)


def test_a_mismatch_names_the_other_network_and_lists_all(saved):
    path, _ = saved
    with pytest.raises(ValueError, match="does not fit resnet32_cifar, so nothing was changed") as caught:
        load_weights(MODELS["resnet32_cifar"](), path)
    message = str(caught.value)
    assert f"{path} (weights of {RESNET})" in message
    assert "60 missing in it." in message
    assert len(message.split("missing in it\n")[1].splitlines()) == 60


def test_the_lists_are_side_by_side_whatever_their_lengths(tmp_path):
    model = MODELS[RESNET]()
    save_weights(model, tmp_path / "w.safetensors")
    tensors = {f"x.{name}": tensor for name, tensor in load_file(tmp_path / "w.safetensors").items()}
    tensors["conv1.weight"] = np.zeros(2, "float32")
    save_file(tensors, tmp_path / "w.safetensors")
    with pytest.raises(ValueError, match="does not fit") as caught:
        load_weights(model, tmp_path / "w.safetensors")
    _, _, head, *rows = str(caught.value).splitlines()
    starts = [head.index(what) for what in ("missing in it", "not expected", "of another shape")]
    columns = [[row[a:b].strip() for row in rows] for a, b in zip(starts, [*starts[1:], None], strict=True)]
    names = {name.removeprefix("x.") for name in tensors}
    assert set(filter(None, columns[0])) == names - {"conv1.weight"}
    assert set(filter(None, columns[1])) == {f"x.{name}" for name in names}
    assert list(filter(None, columns[2])) == ["conv1.weight (2,) for (16, 3, 3, 3)"]


def test_keras_own_loading_is_as_before(saved):
    path, model = saved
    if path.suffix == ".keras":
        assert same(model, keras.saving.load_model(path))


def test_published_weights_get_the_constants_that_they_were_trained_with(tmp_path, monkeypatch):
    name, images = "mobilenet_v3_small", np.random.default_rng(0).random((2, 32, 32, 3), "float32")
    trained = MODELS[name]((32, 32, 3), norm=partial(batch_norm, epsilon=1e-5))
    fill(trained, 1)
    path = tmp_path / "w.safetensors"
    save_weights(trained, path)
    monkeypatch.setattr("cvlabs.factory.download", lambda network: path)
    plain = {"input_shape": (32, 32, 3), "classifier_activation": None}
    model = create_model(name, weights="imagenet", **plain)
    np.testing.assert_array_equal(model(images), trained(images))
    assert epsilons(create_model(name, weights=path, **plain)) == {1e-3}
    other = create_model(name, weights="imagenet", norm=partial(batch_norm, epsilon=1e-2), **plain)
    assert epsilons(other) == {1e-2}


def epsilons(model):
    return {layer.epsilon for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)}
