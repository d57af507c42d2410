"""bfloat16 beside float32: the same network, in one run, and what the processor gains in matrix products.

    python -m benchmarks.precision                       # ResNet-50
    python -m benchmarks.precision densenet121 mobilenet_v2 --rounds 20

Training steps and inference in both precisions, and a large matrix product in both, are interleaved, one of
each in turn; the figures are the best of all rounds. A network multiplies matrices and moves data. What the
product gains, it may gain in the first; in the second it gains 2 at most, for half the bytes.
"""

import argparse
import time
from collections.abc import Callable

from benchmarks.contenders import Setting, contenders
from benchmarks.machine import backend, has_bfloat16, processor, versions
from cvlabs.commands.argument import count, size

DTYPES = ("float32", "bfloat16")
_SIDE = 3072

Step = Callable[[], object]


def main() -> None:
    """Measures, prints a line for each network and whose it is."""
    options = _parse()
    print(f"{processor()}; {versions()}; {backend()}")
    if not has_bfloat16():
        print("This processor has no instructions for bfloat16; they are emulated.")
    for network in options.networks:
        compare(network, options)


def compare(network: str, options: argparse.Namespace) -> None:
    """Prints milliseconds in both precisions and their ratio."""
    from cvlabs import model_info

    side = options.size or model_info(network).input_size
    steps = {("matrix product", "", dtype): _matrix_product(dtype) for dtype in DTYPES}
    for owner, build in contenders(network).items():
        for dtype in DTYPES:
            contender = build(Setting(network, options.batch, side, dtype))
            steps |= {(owner, measure, dtype): getattr(contender, measure) for measure in ("train", "infer")}
    best = _best(steps, options.rounds)
    limit = None
    for owner, measure in dict.fromkeys(key[:2] for key in steps):
        single, half = (1000 * best[owner, measure, dtype] for dtype in DTYPES)
        limit = limit or single / half  # of the matrix product, which is the first
        name = f"{network} {owner} {measure}" if measure else owner
        print(
            f"{name:44} float32 {single:8.1f} ms  bfloat16 {half:8.1f} ms  "
            f"ratio {single / half:5.2f}  of the matrix product's {100 * single / half / limit:4.0f} %",
            flush=True,
        )


def _best(steps: dict[tuple[str, str, str], Step], rounds: int) -> dict[tuple[str, str, str], float]:
    """Returns the least seconds that each step took, after one that does not count."""
    for step in steps.values():
        step()
    best = dict.fromkeys(steps, float("inf"))
    for _ in range(rounds):
        for key, step in steps.items():
            start = time.perf_counter()
            step()
            best[key] = min(best[key], time.perf_counter() - start)
    return best


def _matrix_product(dtype: str) -> Step:
    import keras

    a = keras.ops.cast(keras.random.normal((_SIDE, _SIDE), seed=0), dtype)

    def product() -> object:
        return float(keras.ops.cast(keras.ops.matmul(a, a)[0, 0], "float32"))  # waits for the result

    return product


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("networks", nargs="*", default=["resnet50"], metavar="NETWORK")
    parser.add_argument("--batch", type=count, default=8)
    parser.add_argument("--size", type=size, help="of the images; the network's own by default")
    parser.add_argument("--rounds", type=count, default=12)
    return parser.parse_args()


if __name__ == "__main__":
    main()
