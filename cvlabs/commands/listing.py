"""`cvlabs list`: the networks, from the facts table alone."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict

from cvlabs.facts import ModelInfo, list_models, model_info


def add(commands: argparse._SubParsersAction) -> None:
    """Adds the command to the parser."""
    text = "the networks, with their parameters, multiply-adds and published errors"
    parser = commands.add_parser("list", help=text, description=text, allow_abbrev=False)
    parser.add_argument("pattern", nargs="?", default="*", metavar="PATTERN", help="such as 'resnet*'")
    parser.add_argument("--json", action="store_true", help="an array of objects")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints the networks."""
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
