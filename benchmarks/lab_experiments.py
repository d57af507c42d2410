"""The labs' own training experiments from several starts: what their texts say of five seeds.

    python -m benchmarks.lab_experiments lab02_vgg
    python -m benchmarks.lab_experiments lab04_resnet --seeds 0 1 2 3 4    # some two to three minutes each

What is trained is what the lab's solution trains: its functions and constants are taken from its source.
Errors are in percent, after the last epoch. The seconds of a row are those of one seed, so what a student
waits for on such a machine.
"""

import argparse
import ast
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.machine import processor, versions

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

SOLUTIONS = Path(__file__).parents[1] / "solutions"
Names = dict[str, Any]
Training = Callable[[Names, int], dict[str, float]]


def two_kernels(lab: Names, seed: int) -> dict[str, float]:
    """Lab 2's: one 5×5 convolution against two of 3×3."""
    last: dict[str, float] = {}
    for name, kernel_size, depth in (("one 5×5", 5, 1), ("two 3×3", 3, 2)):
        errors = lab["train_and_test"](kernel_size, depth, seed)
        last |= {
            f"{name}, {of}": curve[-1][1] for of, curve in zip(("training", "test"), errors, strict=True)
        }
    return last


def two_depths(lab: Names, seed: int) -> dict[str, float]:
    """Lab 4's: plain and residual networks, shallow and deep."""
    return {
        f"{name.partition('_')[0]}, {depth} layers": lab["training_errors"](lab[name], depth, seed)[-1][1]
        for name in ("plain_block", "residual_block")
        for depth in (lab["SHALLOW"], lab["DEEP"])
    }


EXPERIMENTS: dict[str, Training] = {"lab02_vgg": two_kernels, "lab04_resnet": two_depths}


def names_of(lab: str) -> Names:
    """Returns what a lab's solution defines: functions and constants, without running its cells."""
    path = SOLUTIONS / lab / f"{lab}.py"
    kept = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if _defines(node)]
    names: Names = {"__name__": lab}
    exec(compile(ast.Module(kept, []), str(path), "exec"), names)
    return names


def _defines(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign):
        names = [n for target in node.targets for n in ast.walk(target) if isinstance(n, ast.Name)]
        return all(name.id.isupper() for name in names)
    return isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef)


def main() -> None:
    """Trains for each seed, and prints a row as soon as it is there, then the bounds of each column."""
    options = _parse()
    lab, rows = names_of(options.lab), []
    print(f"{processor()}; {versions()}")
    for seed in options.seeds:
        start = time.perf_counter()
        rows.append(EXPERIMENTS[options.lab](lab, seed))
        shown = "  ".join(f"{name}: {error:.1f} %" for name, error in rows[-1].items())
        print(f"seed {seed}, {time.perf_counter() - start:.0f} s  {shown}", flush=True)
    for name in rows[0]:
        errors = [row[name] for row in rows]
        print(f"{name:24} {min(errors):6.1f} to {max(errors):5.1f} %")


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.lab_experiments",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("lab", choices=EXPERIMENTS)
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(5)))
    return parser.parse_args()


if __name__ == "__main__":
    main()
