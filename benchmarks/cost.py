"""How long counting takes: cvlabs.cost beside building the network, fvcore and torchinfo.

    python benchmarks/cost.py [NAME] [--rounds N]

Rounds are interleaved, so that a busy moment meets all alike; medians are told. fvcore and torchinfo count
torchvision's network of the same name; they run the network, cvlabs does not. Where they are not installed,
that is said. cvlabs may take at most a tenth of the time in which Keras builds the network without weights.
"""

import argparse
import importlib.util
import os
import platform
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

TORCH_NAMES = {"alexnet_owt": "alexnet", "resnet50_v15": "resnet50", "resnet152_v15": "resnet152"}
TOOLS = ("torch", "torchvision", "fvcore", "torchinfo")


def seconds(function: Callable[[], object]) -> float:
    """Returns how long one call takes."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def cvlabs_steps(name: str) -> dict[str, Callable[[], object]]:
    """Building without weights, counting what was built, and both by name."""
    import cvlabs
    from cvlabs.factory import build_abstract

    model = build_abstract(name)
    return {
        "build without weights": lambda: build_abstract(name),
        "cvlabs.cost(model)": lambda: repr(cvlabs.cost(model).total),
        "cvlabs.cost(name), all of it": lambda: repr(cvlabs.cost(name).total),
    }


def torch_steps(name: str) -> dict[str, Callable[[], object]]:
    """fvcore and torchinfo on torchvision's network, built beforehand."""
    missing = [tool for tool in TOOLS if importlib.util.find_spec(tool) is None]
    if missing:
        print(f"fvcore and torchinfo: {', '.join(missing)} not installed: skipped")
        return {}
    import logging

    import torch
    import torchinfo
    import torchvision
    from fvcore.nn import FlopCountAnalysis

    logging.getLogger("fvcore").setLevel(logging.ERROR)
    builder = getattr(torchvision.models, TORCH_NAMES.get(name, name))
    model, image = builder(weights=None).eval(), torch.zeros(1, 3, 224, 224)
    return {
        "torchvision builds": lambda: builder(weights=None),
        "fvcore": lambda: FlopCountAnalysis(model, image).total(),
        "torchinfo": lambda: torchinfo.summary(model, input_size=(1, 3, 224, 224), verbose=0).total_mult_adds,
    }


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", nargs="?", default="resnet152")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    before = os.getloadavg()[0]
    steps = {**cvlabs_steps(options.name), **torch_steps(options.name)}
    times: dict[str, list[float]] = {step: [] for step in steps}
    for step in steps.values():
        step()  # once, to warm up
    for _ in range(options.rounds):
        for step, function in steps.items():
            times[step].append(seconds(function))
    tools = [f"{tool} {version(tool)}" for tool in ("keras", *TOOLS) if importlib.util.find_spec(tool)]
    cores = os.cpu_count() or 1
    quiet = (
        "quiet" if before < 0.3 * cores else f"NOT QUIET (load {before:.1f} before), read ratios with care"
    )
    print(f"{options.name}, Python {platform.python_version()}, {', '.join(tools)}; {cores} cores, {quiet}")
    base = statistics.median(times["cvlabs.cost(model)"])
    for step, found in times.items():
        median = statistics.median(found)
        print(f"{step:30} {1e3 * median:9.1f} ms  × {median / base:6.1f}  (best {1e3 * min(found):.1f})")
    share = base / statistics.median(times["build without weights"])
    verdict = "within" if share <= 0.1 else "OVER"
    print(f"counting takes {100 * share:.1f} % of building: {verdict} the limit of 10 %")


if __name__ == "__main__":
    main()
