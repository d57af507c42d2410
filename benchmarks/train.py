"""Training steps per second of `cvlabs.train.fit`, of plain Keras and of a hand-written loop in PyTorch.

    python -m benchmarks.train                              # ResNet-20 (CIFAR), ResNet-18, MobileNet v2
    python -m benchmarks.train resnet20_cifar --rounds 5
    python -m benchmarks.train --torch-python ../torch/bin/python
    KERAS_BACKEND=jax python -m benchmarks.train

Plain Keras is the shortest way to train the same network: `model.compile`, `model.fit` on arrays. All have
the same images in memory, SGD with momentum, float32, and a batch of 32. Each is measured in a process of its
own, in turn, several times: after an epoch that does not count, the median of the epochs that do. PyTorch is
never loaded beside TensorFlow; it may be installed for another Python, which `--torch-python` names, and is
left out where it is missing.

The limit is what a product of matrices reaches on the same device: so many multiply-adds a second that no
network trains faster. A step is taken to cost three times the multiply-adds of a forward pass.
"""

import argparse
import csv
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import matrix_product, processor, versions

NETWORKS = ("resnet20_cifar", "resnet18", "mobilenet_v2")
SIDE = 2048
COLUMNS = ("network", "way", "steps_per_second", "of_keras", "of_limit")


def main() -> None:
    """Measures, prints a line per network and way, writes them to a CSV file."""
    options = _parse()
    if options.way:
        print(json.dumps(_WAYS[options.way](options.networks[0], options)))
        return
    print(f"{processor()}; {versions()}")
    rows = [row for network in options.networks for row in compare(network, options)]
    options.csv.parent.mkdir(parents=True, exist_ok=True)
    with options.csv.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    print(f"Written: {options.csv}")


def compare(network: str, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Measures one network in all ways, in turn."""
    ways = ["keras", "fit", *(["torch"] if _has_torch(options, network) else [])]
    before = matrix_product()
    found: dict[str, list[float]] = {way: [] for way in ways}
    limits = []
    for _ in range(options.rounds):
        for way in ways:
            found[way].append(_process(way, network, options))
        limits.append(_process("limit", network, options))
    after = matrix_product()
    limit = max(limits) / _macs_per_step(network, options.batch)
    noise = "" if 0.9 < after / before < 1.1 else " (the machine was busy)"
    print(
        f"{network}: a product of matrices does {max(limits) / 1e9:.0f} G multiply-adds a second, so at most "
        f"{limit:.2f} steps a second{noise}"
    )
    medians = {way: statistics.median(speeds) for way, speeds in found.items()}
    rows = []
    for way, speed in medians.items():
        numbers = (network, way, speed, speed / medians["keras"], speed / limit)
        rows.append(dict(zip(COLUMNS, numbers, strict=True)))
        spread = f"{min(found[way]):.2f} to {max(found[way]):.2f}"
        print(
            f"  {way:6} {speed:8.2f} steps/s ({spread})  {speed / medians['keras']:5.2f} × Keras  "
            f"{100 * speed / limit:4.0f} % of the limit",
            flush=True,
        )
    return rows


def _process(way: str, network: str, options: argparse.Namespace) -> float:
    program = [sys.executable, "-m", "benchmarks.train", network, "--way", way]
    if way == "torch":
        program = [options.torch_python, str(Path(__file__).with_name("torch_loop.py")), network]
    program += ["--batch", str(options.batch), "--steps", str(options.steps), "--epochs", str(options.epochs)]
    run = subprocess.run(program, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(f"{' '.join(program)} failed:\n{run.stderr[-3000:]}")
    return float(json.loads(run.stdout.splitlines()[-1]))


def _has_torch(options: argparse.Namespace, network: str) -> bool:
    """Asks the torch loop, which says no where torch is missing, or torchvision for a network of its."""
    program = [options.torch_python, str(Path(__file__).with_name("torch_loop.py")), network, "--check"]
    return subprocess.run(program, capture_output=True, check=False).returncode == 0


def _macs_per_step(network: str, batch: int) -> float:
    from cvlabs import model_info

    return 3.0 * batch * model_info(network).macs


def _arrays(network: str, options: argparse.Namespace) -> tuple[Any, Any, int]:
    from cvlabs import model_info

    size, rng = model_info(network).input_size, np.random.default_rng(0)
    count = options.batch * options.steps
    classes = 10 if network.endswith("cifar") else 1000
    images = rng.integers(0, 256, (count, size, size, 3), dtype="uint8").astype("float32")
    return images, rng.integers(0, classes, count).astype("int32"), classes


def _keras(network: str, options: argparse.Namespace) -> float:
    import keras

    import cvlabs

    images, labels, _ = _arrays(network, options)
    model = cvlabs.create_model(network, classifier_activation=None)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.001, momentum=0.9), loss, metrics=["accuracy"])
    clock = _clock()
    epochs = 1 + options.epochs
    model.fit((images - 127) / 60, labels, options.batch, epochs, verbose=0, callbacks=[clock])
    return options.steps / statistics.median(clock.seconds[1:])


def _fit(network: str, options: argparse.Namespace) -> float:
    import cvlabs
    from cvlabs.train import RECIPES, Recipe, fit

    images, labels, _ = _arrays(network, options)
    like = RECIPES["resnet2015_cifar"]
    recipe = Recipe(
        "benchmark",
        "As plain Keras here.",
        epochs=1 + options.epochs,
        batch_size=options.batch,
        learning_rate=0.001,
        optimizer=like.optimizer,
        precision="float32",
    )
    model = cvlabs.create_model(network, classifier_activation=None)
    clock = _clock()
    fit(model, (images, labels), recipe=recipe, callbacks=[clock], verbose=False)
    return options.steps / statistics.median(clock.seconds[1:])


def _clock() -> Any:
    """A callback whose `seconds` has the time of each epoch."""
    import keras

    class Clock(keras.callbacks.Callback):
        def __init__(self) -> None:
            super().__init__()
            self.seconds: list[float] = []

        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            self._start = time.perf_counter()

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            self.seconds.append(time.perf_counter() - self._start)

    return Clock()


def _limit(network: str, options: argparse.Namespace) -> float:
    """Returns the multiply-adds a second of a float32 product of square matrices on Keras' device."""
    import keras

    rng = np.random.default_rng(0)
    a = keras.ops.convert_to_tensor(rng.standard_normal((SIDE, SIDE), dtype="float32"))
    seconds = []
    for _ in range(8):
        start = time.perf_counter()
        product = keras.ops.matmul(a, a)
        float(keras.ops.convert_to_numpy(product[0, 0]))  # it is done when it is read
        seconds.append(time.perf_counter() - start)
    return SIDE**3 / min(seconds)


_WAYS: dict[str, Callable[[str, argparse.Namespace], float]] = {"keras": _keras, "fit": _fit, "limit": _limit}


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.train",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("networks", nargs="*", default=list(NETWORKS), metavar="NETWORK")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--steps", type=int, default=10, help="of an epoch (default 10)")
    parser.add_argument("--epochs", type=int, default=4, help="that count, after one that does not")
    parser.add_argument("--rounds", type=int, default=3, help="processes of each way, in turn")
    parser.add_argument("--torch-python", default=sys.executable, help="the Python that has torch")
    parser.add_argument("--csv", type=Path, default=Path("build/benchmarks/train.csv"))
    parser.add_argument("--way", choices=("keras", "fit", "limit"), help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
