"""The command line; `cvlabs --help` lists the commands, which are in `cvlabs.commands`.

Listing reads the facts table alone. What else needs Keras, TensorFlow or matplotlib loads it when it runs.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from cvlabs import __version__
from cvlabs.commands import cost, doctor, evaluate, listing, predict, show, train
from cvlabs.commands.wording import in_options

_COMMANDS = (listing, show, cost, train, evaluate, predict, doctor)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status.

    It is 0 when all is done, 1 if the answer is no, 2 after a mistake in the call, 130 after Ctrl-C. What
    comes of a mistake in cvlabs itself is raised, for the traceback.
    """
    try:
        options = _parser().parse_args(arguments)
        status: int = options.run(options)
        sys.stdout.flush()
    except ValueError as error:
        if not _is_for_the_user(error):
            raise
        _tell(in_options(str(error)))
        return 2
    except (FloatingPointError, MemoryError) as error:  # a training that diverged, or does not fit
        _tell(in_options(str(error)))
        return 1
    except BrokenPipeError:  # the reader has seen enough, as in `cvlabs list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # a disk that is full, a file that cannot be written
        _tell(str(error))
        return 1
    except _tensorflow_errors() as error:
        _tell(f"TensorFlow: {str(error.message).strip().splitlines()[0]}")
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def _is_for_the_user(error: ValueError) -> bool:
    """Whether cvlabs says by an error what is wrong with the call.

    It does so with a `raise` of its own. Errors of others, such as those of `int` or of Keras, come of a
    mistake in cvlabs.
    """
    last = traceback.extract_tb(error.__traceback__)[-1]
    return Path(last.filename).is_relative_to(Path(__file__).parent) and (last.line or "").startswith(
        "raise "
    )


def _tell(message: str) -> None:
    """Prints a message, which may be a list of lines; a table below it is left to Python."""
    text, _, _ = message.partition("\n\n")
    print(f"cvlabs: {text}", file=sys.stderr)


def _tensorflow_errors() -> Any:
    """Returns what TensorFlow raises, where it is loaded."""
    errors = getattr(sys.modules.get("tensorflow"), "errors", None)
    return () if errors is None else errors.OpError


class _Parser(argparse.ArgumentParser):
    """Reports a mistake in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="cvlabs", description="CNN architectures for Keras 3.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"cvlabs {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add(commands)
    return parser
