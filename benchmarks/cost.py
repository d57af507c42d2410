"""How long counting takes: cvlabs.cost beside building the network, fvcore and torchinfo.

    python -m benchmarks.cost                        # resnet152
    python -m benchmarks.cost mobilenet_v2 --rounds 20

Rounds are interleaved, so that a busy moment meets all alike; the figures are medians. fvcore and torchinfo
count torchvision's network of the same layers; they run the network, cvlabs does not. Where they are not
installed, that is said. cvlabs may take at most a tenth of the time in which Keras builds the network without
weights.
"""

import argparse
import importlib.metadata
import importlib.util
import logging
import os
import statistics
import time
from collections.abc import Callable

from benchmarks.contenders import TORCHVISION
from benchmarks.machine import matrix_product, processor, versions

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

TOOLS = ("torch", "torchvision", "fvcore", "torchinfo")
SAME_COUNT = {"resnet50": "resnet50", "resnet101": "resnet101", "resnet152": "resnet152"}  # but for strides
Steps = dict[str, Callable[[], object]]


def seconds(function: Callable[[], object]) -> float:
    """Returns how long one call takes."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def cvlabs_steps(name: str) -> Steps:
    """Building without weights, counting what was built, and both by name."""
    from cvlabs.cost import calculate
    from cvlabs.factory import build_abstract

    model = build_abstract(name)
    return {
        "build without weights": lambda: build_abstract(name),
        "cvlabs.cost(model)": lambda: repr(calculate(model).total),
        "cvlabs.cost(name)": lambda: repr(calculate(name).total),
    }


def torch_steps(name: str) -> Steps:
    """fvcore and torchinfo on torchvision's network, built beforehand."""
    missing = [tool for tool in TOOLS if importlib.util.find_spec(tool) is None]
    theirs = (SAME_COUNT | TORCHVISION).get(name)
    if missing or theirs is None:
        why = f"{', '.join(missing)} not installed" if missing else f"torchvision has no {name}"
        print(f"fvcore and torchinfo: {why}: skipped")
        return {}
    import torch
    import torchinfo
    import torchvision
    from fvcore.nn import FlopCountAnalysis

    logging.getLogger("fvcore").setLevel(logging.ERROR)
    builder = getattr(torchvision.models, theirs)
    model, image = builder(weights=None).eval(), torch.zeros(1, 3, 224, 224)
    return {
        "fvcore": lambda: FlopCountAnalysis(model, image).total(),
        "torchinfo": lambda: torchinfo.summary(model, input_size=(1, 3, 224, 224), verbose=0).total_mult_adds,
    }


def measure(steps: Steps, rounds: int) -> dict[str, list[float]]:
    """Returns the times of each step, after one call to warm up."""
    for function in steps.values():
        function()
    times: dict[str, list[float]] = {step: [] for step in steps}
    for _ in range(rounds):
        for step, function in steps.items():
            times[step].append(seconds(function))
    return times


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cost")
    parser.add_argument("name", nargs="?", default="resnet152")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    steps = torch_steps(options.name)  # first: TensorFlow and torch in one process bear this order alone
    steps = {**cvlabs_steps(options.name), **steps}
    before = matrix_product()
    times = measure(steps, options.rounds)
    after = matrix_product()
    quiet = abs(after - before) < 0.1 * max(before, after)
    tools = [f"{tool} {importlib.metadata.version(tool)}" for tool in TOOLS[2:] if tool in steps]
    print(f"{options.name} on {processor()}; {', '.join([versions(), *tools])}")
    state = "quiet" if quiet else "NOT QUIET: read the ratios with care"
    print(f"matrix product {before:.0f} GFLOP/s before, {after:.0f} after: {state}")
    medians = {step: statistics.median(found) for step, found in times.items()}
    for step, median in medians.items():
        ratio = median / medians["cvlabs.cost(model)"]
        print(f"{step:24}{1e3 * median:9.1f} ms  ×{ratio:7.1f}  (best {1e3 * min(times[step]):.1f})")
    share = medians["cvlabs.cost(model)"] / medians["build without weights"]
    verdict = "within" if share <= 0.1 else "OVER"
    print(f"counting takes {100 * share:.1f} % of building: {verdict} the limit of 10 %")


if __name__ == "__main__":
    main()
