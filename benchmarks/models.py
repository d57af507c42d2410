"""Speed of the networks beside the same ones of keras.applications and torchvision, in one run.

    python -m benchmarks.models                          # the networks that keras.applications has too
    python -m benchmarks.models resnet50 mobilenet_v2    # some of them
    python -m benchmarks.models --variants resnext50_32x4d resnet50
    KERAS_BACKEND=jax python -m benchmarks.models --only build
    TF_ENABLE_ONEDNN_OPTS=1 python -m benchmarks.models  # where TensorFlow leaves oneDNN off by itself

Training steps and inference are interleaved, one of each in turn, so that whatever else the machine does
meets all alike; the figures are medians. What happens once (building, the first step with its tracing, the
peak of memory) is measured in fresh processes, in turn as well. A ratio above 1 says that cvlabs is faster,
or takes less memory. A matrix product before and after each network tells whether the machine was quiet.
"""

import argparse
import csv
import gc
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.contenders import (
    APPLICATIONS,
    Build,
    Setting,
    contenders,
    variants,
)
from benchmarks.machine import backend, has_bfloat16, matrix_product, peak_bytes, processor, versions
from cvlabs.commands.argument import count, size

MEASURES = ("build", "first_step", "peak_memory", "train", "infer")
ONCE = MEASURES[:3]
UNITS = {"build": "s", "first_step": "s", "peak_memory": "MiB", "train": "ms", "infer": "ms"}
COLUMNS = ("network", "dtype", "batch", "size", "measure", "unit", "cvlabs", "peer", "theirs", "ratio")

Seconds = dict[str, list[float]]
Row = dict[str, Any]


def main() -> None:
    """Measures, prints a line per figure, writes them to a CSV file."""
    options = _parse()
    if options.fresh:
        print(json.dumps(_once(options)))
        return
    print(f"{processor()}; {versions()}; {backend()}")
    rows = []
    for network in options.networks:
        for dtype in options.dtypes:
            for row in _compare(network, dtype, options):
                rows.append(row)
                print(_line(row), flush=True)
    if options.csv:
        options.csv.parent.mkdir(parents=True, exist_ok=True)
        with options.csv.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, (*COLUMNS, "matrix_product_before", "matrix_product_after"))
            writer.writeheader()
            writer.writerows(rows)
        print(f"Written: {options.csv}")


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("networks", nargs="*", type=_network, default=list(APPLICATIONS), metavar="NETWORK")
    parser.add_argument("--variants", action="store_true", help="beside Keras' own layers, and folded")
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=MEASURES)
    parser.add_argument("--batch", type=count, default=8)
    parser.add_argument("--size", type=size, help="of the images; the network's own by default")
    parser.add_argument(
        "--rounds", type=count, default=7, help="steps of each, after one that does not count"
    )
    parser.add_argument("--processes", type=count, default=3, help="fresh processes of each")
    parser.add_argument(
        "--dtypes",
        nargs="+",
        choices=("float32", "bfloat16"),
        default=["float32", "bfloat16"] if has_bfloat16() else ["float32"],
        help="bfloat16 by default where the processor has it",
    )
    parser.add_argument("--csv", type=Path, default=Path("build/benchmarks/models.csv"))
    parser.add_argument("--fresh", help=argparse.SUPPRESS)  # the contender that this process measures
    return parser.parse_args()


def _network(name: str) -> str:
    from cvlabs import model_info

    try:
        model_info(name)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return name


def _compare(network: str, dtype: str, options: argparse.Namespace) -> Iterator[Row]:
    from cvlabs import model_info

    side = options.size or model_info(network).input_size
    setting = Setting(network, options.batch, side, dtype)
    builds = (variants if options.variants else contenders)(network)
    before = matrix_product()
    figures: dict[str, Seconds] = {}
    if set(options.only) & {"train", "infer"}:
        figures |= _interleaved(builds, setting, options)
    if set(options.only) & set(ONCE):
        figures |= _fresh(builds, setting, options)
    after = matrix_product()
    for measure in MEASURES:
        if measure not in options.only or measure not in figures:
            continue
        medians = {name: statistics.median(values) for name, values in figures[measure].items()}
        ours = medians.pop("cvlabs")
        for peer, theirs in medians.items() or [("", float("nan"))]:
            common = (network, dtype, setting.batch, side, measure, UNITS[measure])
            row = dict(zip(COLUMNS, (*common, ours, peer, theirs, theirs / ours), strict=True))
            yield row | {"matrix_product_before": before, "matrix_product_after": after}


def _interleaved(
    builds: dict[str, Build], setting: Setting, options: argparse.Namespace
) -> dict[str, Seconds]:
    """Returns milliseconds of training steps and of inference, by contender."""
    made = {name: build(setting) for name, build in builds.items()}
    figures: dict[str, Seconds] = {}
    for measure in ("train", "infer"):
        if measure not in options.only:
            continue
        steps = {name: getattr(contender, measure) for name, contender in made.items()}
        if measure == "train":
            steps.pop("folded", None)  # it is for inference
        figures[measure] = {name: [] for name in steps}
        for step in steps.values():
            step()
        for _ in range(options.rounds):
            for name, step in steps.items():
                figures[measure][name].append(1000 * _seconds(step))
    del made
    _forget()
    return figures


def _fresh(
    builds: Sequence[str] | dict[str, Build], setting: Setting, options: argparse.Namespace
) -> dict[str, Seconds]:
    figures: dict[str, Seconds] = {measure: {name: [] for name in builds} for measure in ONCE}
    for _ in range(options.processes):
        for name in builds:
            command = [
                *(sys.executable, "-m", "benchmarks.models", setting.network, "--fresh", name),
                *("--batch", str(setting.batch), "--size", str(setting.size), "--dtypes", setting.dtype),
                *(["--variants"] if options.variants else []),
                *("--only", *options.only),
            ]
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            if run.returncode:
                raise SystemExit(f"{' '.join(command)} failed:\n{run.stderr[-3000:]}")
            for measure, value in json.loads(run.stdout.splitlines()[-1]).items():
                figures[measure][name].append(value)
    return {measure: values for measure, values in figures.items() if all(values.values())}


def _once(options: argparse.Namespace) -> dict[str, float]:
    """What happens once, in this process: seconds to build, seconds of the first step, MiB at the peak."""
    (network,), (dtype,) = options.networks, options.dtypes
    build = (variants if options.variants else contenders)(network)[options.fresh]
    if options.fresh != "torchvision":
        _load_backend()
    before = peak_bytes()
    start = time.perf_counter()
    contender = build(Setting(network, options.batch, options.size, dtype))
    built = time.perf_counter() - start
    figures = {"build": built}
    if set(options.only) & {"first_step", "peak_memory"}:
        first = contender.infer if options.fresh == "folded" else contender.train
        figures["first_step"] = _seconds(first)
        first()
        figures["peak_memory"] = (peak_bytes() - before) / 2**20
    return figures


def _load_backend() -> None:
    """Does an operation, so that nobody's building pays for what a backend loads at its first."""
    import keras

    import cvlabs.models  # noqa: F401  keras.applications has come with Keras

    keras.ops.convert_to_numpy(keras.ops.ones((3,)))


def _seconds(step: Callable[[], object]) -> float:
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def _forget() -> None:
    import keras

    keras.backend.clear_session()
    gc.collect()


def _line(row: Row) -> str:
    before, after = row["matrix_product_before"], row["matrix_product_after"]
    noise = "" if 0.9 < after / before < 1.1 else "  (the machine was busy)"
    ours = f"{row['network']:20} {row['dtype']:8} {row['measure']:11} {row['cvlabs']:9.1f} {row['unit']}"
    theirs = f"{row['theirs']:9.1f} {row['peer']:20} ratio {row['ratio']:5.2f}" if row["peer"] else ""
    return f"{ours:58}{theirs}  matrix product {before:.0f}, {after:.0f} GFLOP/s{noise}"


if __name__ == "__main__":
    main()
