"""Several devices, on a machine with one: logical ones, and worker processes that talk over the loopback."""

import json
import os
import random
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers
from small import network

from cvlabs.train import devices, precision
from cvlabs.train.arguments import check_divisible
from cvlabs.train.batches import Batches
from cvlabs.train.devices import Devices
from cvlabs.train.divided import even, filled
from cvlabs.train.fitting import _twin
from cvlabs.train.plan import divisible

HERE = Path(__file__).parent
ON_TENSORFLOW = keras.backend.backend() == "tensorflow"


def start(target, count=1, join="alone", policy="auto", **environment):
    target.mkdir()
    path = os.pathsep.join([str(HERE.parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        [sys.executable, HERE / "train_once.py", target, str(count), join, policy],
        env=os.environ | {"PYTHONPATH": path, "TF_CPP_MIN_LOG_LEVEL": "3"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def outcome(process, target):
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 0, out
    with np.load(target / "weights.npz") as file:
        return out, {name: file[name] for name in file.files}


def agree(found, expected, tolerance=2e-6):
    for name, value in expected.items():
        np.testing.assert_allclose(found[name], value, atol=tolerance, rtol=1e-5)


def test_the_twin_normalizes_as_its_model_was_adapted_to():
    images = np.random.default_rng(0).normal(5.0, 3.0, (16, 4, 4, 3)).astype("float32")
    normalization = layers.Normalization()
    normalization.adapt(images)
    inside = keras.Sequential([keras.Input((4, 4, 3)), normalization])
    model = keras.Sequential([keras.Input((4, 4, 3)), inside, layers.Flatten(), layers.Dense(2)])
    with _twin(model) as twin:
        agree({"scores": twin.predict_on_batch(images)}, {"scores": model.predict_on_batch(images)})


def test_the_twin_has_the_function_of_a_lambda():
    factor = 3.0
    inside = keras.Sequential([keras.Input((4,)), layers.Lambda(lambda x: x * factor)])
    model = keras.Sequential(
        [keras.Input((4,)), inside, layers.Dense(2), layers.Lambda(lambda x: x - factor)]
    )
    x = np.random.default_rng(0).normal(size=(3, 4))
    with _twin(model) as twin:
        agree({"scores": twin.predict_on_batch(x)}, {"scores": model.predict_on_batch(x)})
        assert {id(layer) for layer in twin._flatten_layers()}.isdisjoint(map(id, model._flatten_layers()))


@pytest.fixture(scope="module")
def single(tmp_path_factory):
    target = tmp_path_factory.mktemp("single") / "run"
    return outcome(start(target), target)


@pytest.mark.slow
def test_two_devices_give_the_weights_of_one(tmp_path, single):
    two = {} if ON_TENSORFLOW else {"XLA_FLAGS": "--xla_force_host_platform_device_count=2"}
    out, found = outcome(start(tmp_path / "two", 2, **two), tmp_path / "two")
    assert "Device: 2 × CPU" in out
    assert ("MirroredStrategy" if ON_TENSORFLOW else "DataParallel") in out
    assert "Batch 16 = 2 devices × 8, learning rate 0.0625" in out
    assert "Device: CPU" in single[0]
    agree(found, single[1])


@pytest.mark.slow
@pytest.mark.skipif(not ON_TENSORFLOW, reason="TF_CONFIG is TensorFlow's")
def test_two_workers_give_the_weights_of_one(tmp_path, single):
    workers = [f"127.0.0.1:{port}" for port in free_ports(2)]
    processes = []
    try:
        for index in (0, 1):
            config = {"cluster": {"worker": workers}, "task": {"type": "worker", "index": index}}
            processes.append(start(tmp_path / str(index), 1, "join", TF_CONFIG=json.dumps(config)))
        found = [outcome(process, tmp_path / str(i)) for i, process in enumerate(processes)]
    finally:
        for process in processes:
            process.kill()
    assert "Device: 2 × CPU" in found[0][0]
    assert "MultiWorkerMirroredStrategy" in found[0][0]
    assert "Device" not in found[1][0]
    assert (tmp_path / "0" / "output" / "model.keras").exists()
    assert not list((tmp_path / "1").glob("output/*"))
    for _, weights in found:
        agree(weights, single[1])


def free_ports(count):
    """Below those that Linux gives to whoever asks for any: nobody takes them before the workers listen."""
    ports = []
    for port in random.SystemRandom().sample(range(10_000, 30_000), 100):
        with socket.socket() as one, suppress(OSError):
            one.bind(("127.0.0.1", port))
            ports.append(port)
    return ports[:count]


def test_joining_alone_is_told(monkeypatch):
    if not ON_TENSORFLOW:
        pytest.skip("TF_CONFIG is TensorFlow's")
    monkeypatch.delenv("TF_CONFIG", raising=False)
    with pytest.raises(ValueError, match="TF_CONFIG names no other workers"):
        devices.join_hosts()


def test_joining_too_late_is_told(monkeypatch):
    if not ON_TENSORFLOW:
        pytest.skip("TF_CONFIG is TensorFlow's")
    keras.ops.ones(1)
    cluster = {"worker": ["127.0.0.1:1", "127.0.0.1:2"]}
    monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": cluster, "task": {"type": "worker", "index": 0}}))
    with pytest.raises(
        ValueError, match=r"names 2 workers, but .* before they were joined. Call cvlabs.train.join"
    ):
        devices.choose()


def test_one_processor_is_told_in_words():
    found = devices.choose()
    assert (found.kind, found.count, found.is_chief, found.is_several) == ("CPU", 1, True, False)
    assert found.name.startswith("CPU (")


@pytest.mark.parametrize(
    ("capability", "expected"),
    [(9.0, "mixed_bfloat16"), (8.0, "mixed_bfloat16"), (7.5, "mixed_float16"), (6.1, "float32")],
)
def test_precision_goes_by_what_the_gpu_computes_well(monkeypatch, capability, expected):
    monkeypatch.setattr(precision, "_capability", lambda: capability)
    assert precision.choose("auto", "GPU") == expected
    assert precision.choose("auto", "CPU") == "float32"
    assert precision.choose("float32", "GPU") == "float32"
    with pytest.raises(ValueError, match="precision must be 'auto' or one of float32, mixed_bfloat16"):
        precision.choose("bf16", "GPU")


def test_layers_compute_in_the_policy_and_get_theirs_back():
    model = network()
    model.get_layer("relu").dtype_policy = keras.DTypePolicy("float16")
    before = {layer.name: layer.dtype_policy.name for layer in model.layers}
    x = np.ones((2, 8, 8, 3), "float32")
    with precision.in_precision(model, "mixed_bfloat16", ("logits",)):
        assert model.get_layer("conv").compute_dtype == "bfloat16"
        assert model.get_layer("relu").compute_dtype == "float16"
        assert keras.backend.standardize_dtype(model(x).dtype) == "float32"
        assert {v.dtype for v in model.variables if "seed" not in v.path} == {"float32"}
    assert {layer.name: layer.dtype_policy.name for layer in model.layers} == before


def test_layers_of_a_nested_model_compute_in_the_policy_too():
    inner = network()
    inputs = keras.Input((8, 8, 3))
    model = keras.Model(inputs, layers.Softmax(name="softmax")(inner(inputs)))
    with precision.in_precision(model, "mixed_bfloat16", ("softmax",)):
        assert inner.get_layer("conv").compute_dtype == "bfloat16"
    assert inner.get_layer("conv").compute_dtype == "float32"


@pytest.mark.parametrize(
    ("count", "size", "expected"),
    [(1, 16, ""), (2, 16, " = 2 devices × 8"), (2, 17, " on 2 devices")],
)
def test_how_a_batch_is_divided_is_told(count, size, expected):
    assert devices.Devices("CPU", "CPU", count).parts(size) == expected


def test_what_jax_cannot_divide(monkeypatch):
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    two = Devices("two", "CPU", count=2)
    check_divisible(16, two)
    with pytest.raises(ValueError, match=r"batch of 17 images .* among 2 devices .* such as batch_size=16"):
        check_divisible(17, two)
    for images, (steps, left) in {40: (3, 40), 41: (2, 32), 48: (3, 48)}.items():
        found = divisible(Batches(None, 3, 16, images, (8, 8, 3), True, None, (None, None), {}), two)
        assert (found.steps, found.images) == (steps, left)


def test_batches_are_filled_or_left_out_and_divided():
    batches = [(np.arange(n)[:, None], np.arange(n)) for n in (8, 6)]
    whole = list(filled(batches, 4))
    assert [len(x) for x, _, _ in whole] == [8, 8]
    for (images, labels, weights), (_, given) in zip(whole, batches, strict=True):
        np.testing.assert_array_equal(labels[weights == 1], given)
        np.testing.assert_array_equal(images[:, 0], labels)
    assert [list(y) for _, y in even(batches, 4)] == [list(range(8))]
    parts = [list(even(batches, 4, host, 2)) for host in (0, 1)]
    assert [list(part[0][1]) for part in parts] == [[0, 1, 2, 3], [4, 5, 6, 7]]
