"""The command line: `cvlabs list`, `cvlabs show`, `cvlabs cost`, `cvlabs doctor`.

Listing reads the facts table alone; only `show` and `cost` load Keras, only `doctor` asks a backend for its
devices.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import NoReturn

from cvlabs import __version__
from cvlabs.facts import ModelInfo, list_models, model_info


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 done, 1 the answer is no, 2 a mistake in the call."""
    try:
        options = _parser().parse_args(arguments)
        status: int = options.run(options)
        sys.stdout.flush()
    except ValueError as error:
        print(f"cvlabs: {error}".replace("\n", " "), file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader has seen enough, as in `cvlabs list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return status


class _Parser(argparse.ArgumentParser):
    """Reports a mistake in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="cvlabs", description="CNN architectures for Keras 3.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"cvlabs {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    text = "the networks, with their parameters, multiply-adds and published errors"
    listing = commands.add_parser("list", help=text, description=text, allow_abbrev=False)
    listing.add_argument("pattern", nargs="?", default="*", metavar="PATTERN", help="such as 'resnet*'")
    listing.add_argument("--json", action="store_true", help="an array of objects")
    listing.set_defaults(run=_list)

    text = "one network: its facts, and its stages with shapes and parameters"
    show = commands.add_parser("show", help=text, description=text, allow_abbrev=False)
    show.add_argument("name", metavar="NAME")
    show.add_argument("--json", action="store_true", help="one object")
    show.add_argument(
        "--input-size", type=_size, metavar="N", help="height and width of the images, in pixels"
    )
    show.set_defaults(run=_show)

    text = "parameters, operations and memory of networks, under a convention that has a name"
    cost = commands.add_parser("cost", help=text, description=text, allow_abbrev=False)
    cost.add_argument("names", nargs="+", metavar="NAME", help="a network, or a .keras file")
    cost.add_argument("--input-size", type=_size, metavar="N", help="height and width of the images")
    cost.add_argument(
        "--convention",
        default="lecture",
        metavar="C",
        help="what counts: lecture (default), macs, flops, fvcore, torchinfo or keras",
    )
    cost.add_argument("--per-layer", action="store_true", help="a row per layer in place of the stages")
    cost.add_argument("--json", action="store_true", help="an array of objects")
    cost.set_defaults(run=_cost)

    text = "versions, devices, precision, and what is missing"
    doctor = commands.add_parser("doctor", help=text, description=text, allow_abbrev=False)
    doctor.set_defaults(run=_doctor)
    return parser


def _size(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number of pixels, got {text!r}")
    return int(text)


def _list(options: argparse.Namespace) -> int:
    names = list_models(options.pattern)
    if not names:
        model_info(options.pattern)  # tells near names
    infos = [model_info(name) for name in names]
    if options.json:
        print(json.dumps([asdict(info) for info in infos], indent=1))
    else:
        _print_list(infos)
    return 0


def _print_list(infos: Sequence[ModelInfo]) -> None:
    widest = max(len(info.name) for info in infos)
    print(f"{'name':{widest}}  year  input    params      MACs  top-1  top-5")
    for info in infos:
        errors = (f"{'' if e is None else format(e, '.1f'):>5}" for e in (info.top1_error, info.top5_error))
        print(
            f"{info.name:{widest}}  {info.year}  {info.input_size:5}  {info.params / 1e6:6.2f} M"
            f"  {_macs(info.macs)}  {'  '.join(errors)}".rstrip()
        )
    print("Errors in percent, as published; `cvlabs show NAME` tells under which protocol.")


def _macs(macs: int) -> str:
    return f"{macs / 1e9:6.2f} G" if macs >= 1e9 else f"{macs / 1e6:6.1f} M"


def _show(options: argparse.Namespace) -> int:
    info = model_info(options.name)
    size = options.input_size or info.input_size
    if size < info.min_input_size:
        raise ValueError(f"{info.name} takes images of at least {info.min_input_size} pixels, got {size}.")
    from cvlabs.checks.quiet import quiet

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


def _cost(options: argparse.Namespace) -> int:
    from cvlabs.checks.quiet import quiet

    with quiet():  # TensorFlow greets on stderr
        from cvlabs.cost.calculate import at_size
        from cvlabs.cost.to_json import to_json

        costs = [at_size(name, options.input_size, options.convention) for name in options.names]
    if options.json:
        print(json.dumps([to_json(cost, options.per_layer) for cost in costs], indent=1))
    else:
        tables = [cost.layer_table() if options.per_layer else cost.stage_table() for cost in costs]
        print("\n\n".join(table.text() for table in tables))
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from cvlabs.doctor import examine

    lines, healthy = examine()
    print("\n".join(lines))
    return 0 if healthy else 1
