"""`cvlabs show`: one network, its facts and its stages."""

import argparse
import json
from dataclasses import asdict

from cvlabs.commands.argument import size as pixels
from cvlabs.facts import model_info


def add(commands: argparse._SubParsersAction) -> None:
    """Adds the command to the parser."""
    text = "one network: its facts, and its stages with shapes and parameters"
    parser = commands.add_parser("show", help=text, description=text, allow_abbrev=False)
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--json", action="store_true", help="one object")
    parser.add_argument(
        "--input-size", type=pixels, metavar="N", help="height and width of the images, in pixels"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints a network."""
    info = model_info(options.name)
    size = options.input_size or info.input_size
    if size < info.min_input_size:
        raise ValueError(f"{info.name} takes images of at least {info.min_input_size} pixels, got {size}.")
    from cvlabs.quiet import quiet

    with quiet():  # TensorFlow greets on stderr
        from cvlabs.cost import calculate

        rows = calculate(info.name, (size, size, 3)).by_stage()
    if options.json:
        print(
            json.dumps(asdict(info) | {"shown_at": size, "stages": [asdict(row) for row in rows]}, indent=1)
        )
        return 0
    print(f"{info.name}: {info.paper}, {info.year}")
    errors = [f"{k} error {e:g} %" for k, e in (("top-1", info.top1_error), ("top-5", info.top5_error)) if e]
    if errors:
        print(f"Published: {', '.join(errors)} ({info.error_protocol})")
    print(f"Weights: {info.weights or 'none published under a stable name'}")
    print(f"For images of {info.input_size}×{info.input_size} (at least {info.min_input_size}): ", end="")
    print(
        f"{info.params:,} parameters, {info.bn_statistics:,} running statistics, {info.macs:,} multiply-adds"
    )
    print(f"\nBuilt for {size}×{size}:")
    print(f"{'stage':10}{'layers':>7}{'params':>13}  output")
    for row in rows:
        shape = "×".join(str(n) for n in row.shape)
        print(f"{row.name:10}{row.layers:7}{row.params:13,}  {shape} ({row.last})")
    print(f"{'total':10}{sum(r.layers for r in rows):7}{sum(r.params for r in rows):13,}")
    return 0
