"""`cvlabs doctor`: what this machine has, and what it lacks."""

import argparse


def add(commands: argparse._SubParsersAction) -> None:
    """Adds the command to the parser."""
    text = "versions, devices, precision, and what is missing"
    parser = commands.add_parser("doctor", help=text, description=text, allow_abbrev=False)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints the report; 1 where networks cannot be built."""
    from cvlabs.doctor import examine

    lines, healthy = examine()
    print("\n".join(lines))
    return 0 if healthy else 1
