"""Deeper plain networks train worse, and residual ones do not: He et al. 2016, section 4.2, on CIFAR-10.

    python -m benchmarks.degradation --data folder:cifar10.zip                       # the paper's 164 epochs
    python -m benchmarks.degradation --data folder:cifar10.zip --short               # 20 epochs
    python -m benchmarks.degradation --data cifar10 --networks plain20_cifar plain56_cifar
    KERAS_BACKEND=jax python -m benchmarks.degradation --data build/degradation/cifar.npz
    TF_ENABLE_ONEDNN_OPTS=1 python -m benchmarks.degradation --data folder:cifar10.zip --epochs 4  # on a CPU
    python -m benchmarks.degradation --table                                         # of what is there

A file of errors for each run, named after it, some 200 rows: epoch, step, training error and, at the end of
each epoch, test error, in percent. The training error is that of the augmented batches since the row before,
while the network learns, as in the paper's figure 6. What was interrupted goes on from its last checkpoint,
and what is finished is not run again.

The schedule of a run with fewer epochs has the same shape. Deviations from the paper: the mean of each
channel is subtracted rather than that of each pixel, and weight decay spares biases and normalizations.
"""

import argparse
import csv
import os
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.machine import backend, processor, versions
from cvlabs.degradation import COLUMNS, read_run, run_name, runs

DEPTHS = (20, 32, 44, 56, 110)
NETWORKS = tuple(f"{kind}{depth}_cifar" for depth in (20, 56, 32, 44, 110) for kind in ("plain", "resnet"))
SHORT_EPOCHS = 20
PAPER = {  # test error in percent: table 6; of plain networks there is only figure 6, read off by eye
    "resnet20_cifar": "8.75",
    "resnet32_cifar": "7.51",
    "resnet44_cifar": "7.17",
    "resnet56_cifar": "6.97",
    "resnet110_cifar": "6.43",
    "plain20_cifar": "about 9.5",
    "plain32_cifar": "about 10",
    "plain44_cifar": "about 12",
    "plain56_cifar": "about 13.5",
    "plain110_cifar": "above 60",
}
ROWS = 200
SETTINGS = ("KERAS_BACKEND", "TF_ENABLE_ONEDNN_OPTS")  # of the environment, which the errors depend on


def main() -> None:
    """Trains what is missing, and prints the table."""
    options = _parse()
    if not options.table:
        train, test = _data(options)
        for name in options.networks:
            for seed in options.seeds:
                run(options, name, seed, train, test)
    print(table(options.output))


def run(options: argparse.Namespace, name: str, seed: int, train: Any, test: Any) -> Path:
    """Trains one network, or goes on with it, and writes its file.

    Returns:
        The file.
    """
    import keras

    from benchmarks import step_errors
    from benchmarks.cifar import Augmented
    from cvlabs.models import MODELS
    from cvlabs.train import RECIPES, fit

    epochs = options.epochs or (SHORT_EPOCHS if options.short else RECIPES["resnet2015_cifar"].epochs)
    warmup = options.warmup if options.warmup is not None else float(name.endswith("110_cifar"))
    path = options.output / f"{run_name(name, epochs, warmup, seed)}.csv"
    recipe = RECIPES["resnet2015_cifar"].stretched(epochs)
    recipe = replace(recipe, seed=seed, warmup_epochs=warmup)
    if path.exists() and read_run(path).rows[-1]["epoch"] == epochs:
        print(f"{path} is finished.")
        return path
    keras.utils.set_random_seed(seed)
    print(f"\n{name}, {epochs} epochs, seed {seed}")
    steps, folder = len(train.labels) // recipe.batch_size, options.output / "runs" / path.stem
    every = max(1, epochs * steps // ROWS)
    result = fit(
        MODELS[name](classes=len(train.classes)),
        Augmented(train, recipe.batch_size, seed),
        (test.images, test.labels),
        recipe=recipe,
        output=folder,
        callbacks=[step_errors.StepErrors(folder / "steps.csv", steps, every)],
    )
    errors = step_errors.read(folder / "steps.csv")
    _write(path, errors, result, steps, _header(options, name, recipe, result.device, train, test))
    return path


def table(folder: Path) -> str:
    """Returns the last errors of every run in a folder, beside the paper's."""
    from cvlabs.table import Table

    rows = []
    for found in runs(folder):
        tested = [error for _, error in found.curve("test_error")]
        errors = (found.curve("training_error")[-1][1], tested[-1], min(tested))
        numbers = (f"{error:.2f}" for error in errors)
        made = (found.network, str(found.epochs), f"{found.warmup:g}")
        rows.append((*made, *numbers, PAPER[found.network]))
    columns = (
        "network",
        "epochs",
        "warmup",
        "training error",
        "test error",
        "its lowest",
        "paper's test error",
    )
    notes = (
        "Errors in percent: of training, of the augmented images in the last tenth of an epoch; of the test "
        "images, after the last epoch.",
        "The paper trained 164 epochs, and shows its plain networks in figure 6 alone.",
    )
    return Table("Errors on CIFAR-10", columns, tuple(rows), notes=notes).text()


def _data(options: argparse.Namespace) -> tuple[Any, Any]:
    from benchmarks.cifar import read as read_data

    return read_data(options.data, options.output / "cifar.npz")


def _header(
    options: argparse.Namespace, name: str, recipe: Any, device: str, train: Any, test: Any
) -> list[str]:
    words = [f"{setting}={os.environ[setting]}" for setting in SETTINGS if setting in os.environ]
    words += [f"python -m benchmarks.degradation --data {shlex.quote(options.data)}", f"--networks {name}"]
    words += [f"--epochs {recipe.epochs}", f"--seeds {recipe.seed}"]
    words += [f"--warmup {options.warmup:g}"] if options.warmup is not None else []
    return [
        f"command: {' '.join(words)}",
        f"versions: Python {sys.version.split()[0]}, {versions()}",
        f"device: {device}; {processor()}; Keras on {backend()}",
        f"data: {len(train.labels)} training images, {len(test.labels)} test images, "
        f"{len(train.classes)} classes",
        f"recipe: {recipe.source} Batch {recipe.batch_size}, warmup {recipe.warmup_epochs:g} epochs.",
        "errors: top-1, in percent; of training, the mean over the augmented batches since the row before",
    ]


def _write(path: Path, errors: dict[int, float], result: Any, steps: int, header: list[str]) -> None:
    tests = {row["epoch"] * steps: row["validation_error"] for row in result.history}
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", newline="", encoding="utf-8") as file:
        file.writelines(f"# {line}\n" for line in header)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for step, error in errors.items():
            test = f"{tests[step]:.3f}" if step in tests else ""
            writer.writerow((f"{step / steps:.4g}", step, f"{error:.3f}", test))
    temporary.replace(path)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.degradation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    data = "folder:PATH, cifar10 of TensorFlow Datasets, or the .npz of an earlier run"
    parser.add_argument("--data", help=data)
    parser.add_argument("--networks", nargs="+", choices=NETWORKS, default=NETWORKS[:4], metavar="NETWORK")
    parser.add_argument("--short", action="store_true", help=f"{SHORT_EPOCHS} epochs, not the paper's 164")
    parser.add_argument("--epochs", type=int, help="another number of epochs")
    warmup = "epochs in which the learning rate rises; default: 1 for 110 layers, as in the paper, else 0"
    parser.add_argument("--warmup", type=float, help=warmup)
    parser.add_argument("--seeds", nargs="+", type=int, default=[0])
    parser.add_argument("--output", type=Path, default=Path("build/degradation"))
    parser.add_argument("--table", action="store_true", help="only print the table of what is finished")
    options = parser.parse_args()
    if options.data is None and not options.table:
        parser.error("--data is needed, unless only --table is asked for")
    return options


if __name__ == "__main__":
    main()
