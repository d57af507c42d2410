"""The command line: build, grade, appeal, late, feedback, report, export, demo."""

import argparse
import errno
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from autograder import commands
from autograder.course import Course
from autograder.errors import GraderError
from autograder.stopping import Stopped, stopped_by_signals

_FROM = (
    "FOLDER/<student>/<lab>.ipynb, FOLDER/<student>.zip, nbgrader's submitted/, all submissions as Canvas or "
    "Moodle hands them out, or a zip of any of these"
)

_UNSAFE = (
    "run submissions as ordinary processes where nothing can isolate them: they can then read and change "
    "whatever you can"
)
_ROSTER = (
    "canvas: the gradebook as exported there; moodle: the assignment's grading worksheet; "
    "without it, students are known by their folders' names"
)
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
_MEND = "mend that and run the same command again; what is done is kept"
_STOPPED = "autograder: stopped; what is graded is kept, and the same command goes on from there"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status.

    Returns:
        0: done. 1: done, but not all of it, or the answer is no. 2: a mistake in the call. 128 and a signal's
        number: stopped by it.
    """
    options = _parser().parse_args(arguments)
    course = Course(options.course.absolute()) if options.course else Course()
    if options.database is not None:
        course = replace(course, db_url=options.database)
    with stopped_by_signals():
        try:
            status: int = options.run(course, options)
        except GraderError as error:
            print(f"autograder: {error}", file=sys.stderr)
            return 2
        except OSError as error:
            if error.errno not in _DISK:
                raise
            where = f" ({error.filename})" if error.filename else ""
            print(f"autograder: {error.strerror}{where}; {_MEND}", file=sys.stderr)
            return 2
        except KeyboardInterrupt as stop:
            with suppress(OSError):  # the terminal may be gone
                print(_STOPPED, file=sys.stderr, flush=True)
            return 128 + (stop.number if isinstance(stop, Stopped) else signal.SIGINT)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m autograder", description=__doc__, allow_abbrev=False)
    parsers = parser.add_subparsers(required=True, metavar="COMMAND")

    build = _command(parsers, "build", commands.build, "solutions/ -> labs/", lab="?")
    build.add_argument("--check", action="store_true", help="change nothing; exit 1 and list what is stale")
    build.add_argument("--overwrite", action="store_true", help="replace notebooks in labs/ that hold work")

    grade = _command(parsers, "grade", commands.grade, "grade a folder of submissions")
    what = grade.add_mutually_exclusive_group(required=True)
    what.add_argument("--from", dest="folder", type=Path, metavar="FOLDER", help=_FROM)
    what.add_argument(
        "--rejudge", action="store_true", help="judge again what was executed, after a check was mended"
    )
    grade.add_argument(
        "--jobs", type=_count, metavar="N", help="processes on this machine; default: its cores"
    )
    grade.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler instead, as tcp://host:8786")
    grade.add_argument("--only", action="append", default=[], metavar="STUDENT", help="may be repeated")
    grade.add_argument(
        "--shard", type=_shard, default=(1, 1), metavar="I/N", help="one of N parts of the class"
    )
    grade.add_argument("--again", action="store_true", help="execute also what has not changed")
    grade.add_argument("--unsafe", action="store_true", help=_UNSAFE)

    appeal = _command(
        parsers, "appeal", commands.appeal, "show the cases that a student had in a check", leading="STUDENT"
    )
    appeal.add_argument("check", metavar="CHECK")

    feedback = _command(parsers, "feedback", commands.feedback, "write an HTML page per student")
    feedback.add_argument("--jobs", type=_count, metavar="N", help="processes; default: the machine's cores")

    _command(parsers, "late", commands.late, "apply the late policy to what is graded, and list who is late")

    report = _command(parsers, "report", commands.report, "write one HTML page about the class")
    report.add_argument("--output", type=Path, metavar="FILE", help="default: report/LAB.html in the course")

    export = _command(parsers, "export", commands.export, "write totals and points per check")
    export.add_argument("--format", choices=("csv", "canvas", "moodle"), default="csv")
    export.add_argument("--roster", type=Path, metavar="FILE", help=_ROSTER)
    text = "canvas, moodle: name of the assignment there; default: the lab's name"
    export.add_argument("--title", metavar="NAME", help=text)
    text = "canvas: a column per check; moodle: points per check in the feedback; csv has them always"
    export.add_argument("--per-check", action="store_true", help=text)
    export.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")

    text = "grade a small class of sample submissions"
    demo = parsers.add_parser("demo", help=text, description=text, allow_abbrev=False)
    demo.set_defaults(run=commands.demo, course=None, database=None)
    return parser


def _command(
    parsers: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: object,
    text: str,
    lab: str | None = None,
    leading: str | None = None,
) -> argparse.ArgumentParser:
    command = parsers.add_parser(name, help=text, description=text, allow_abbrev=False)
    if leading is not None:
        command.add_argument(leading.lower(), metavar=leading)
    command.add_argument("lab", nargs=lab, metavar="LAB", help="name of a lab, or the beginning of it: lab03")
    command.add_argument("--course", type=Path, metavar="DIR", help="nbgrader's course folder")
    command.add_argument("--database", metavar="URL", help="a gradebook elsewhere: postgresql://…")
    command.set_defaults(run=run)
    return command


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1, got {text!r}")
    return int(text)


def _shard(text: str) -> tuple[int, int]:
    part, _, parts = text.partition("/")
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise argparse.ArgumentTypeError(f"expected I/N with I from 1 to N, as 2/5, got {text!r}")
    return int(part), int(parts)
