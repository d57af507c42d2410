"""`cvlabs cost`: what networks cost."""

import argparse
import json

from cvlabs.commands.argument import size


def add(commands: argparse._SubParsersAction) -> None:
    """Adds the command to the parser."""
    text = "parameters, operations and memory of networks, under a convention that has a name"
    parser = commands.add_parser("cost", help=text, description=text, allow_abbrev=False)
    parser.add_argument("names", nargs="+", metavar="NAME", help="a network, or a .keras file")
    parser.add_argument("--input-size", type=size, metavar="N", help="height and width of the images")
    parser.add_argument(
        "--convention",
        default="lecture",
        metavar="C",
        help="what counts: lecture (default), macs, flops, fvcore, torchinfo or keras",
    )
    parser.add_argument("--per-layer", action="store_true", help="a row per layer in place of the stages")
    parser.add_argument("--json", action="store_true", help="an array of objects")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints what each network costs."""
    from cvlabs.quiet import quiet

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
