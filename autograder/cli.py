"""The command line: build, grade, feedback, report, export, demo."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.course import Course
from autograder.errors import GraderError

_FROM = (
    "FOLDER/<student>/<lab>.ipynb, or FOLDER/<student>.zip, or a zip of such a folder, "
    "or nbgrader's submitted/"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 done, 1 the answer is no, 2 a mistake in the call."""
    options = _parser().parse_args(arguments)
    course = Course(options.course.absolute()) if options.course else Course()
    try:
        status: int = options.run(course, options)
    except GraderError as error:
        print(f"autograder: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("autograder: stopped; what was graded so far is kept", file=sys.stderr)
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m autograder", description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    build = _command(commands, "build", _build, "solutions/ -> labs/", lab="?")
    build.add_argument("--check", action="store_true", help="change nothing; exit 1 and list what is stale")
    build.add_argument("--overwrite", action="store_true", help="replace notebooks in labs/ that hold work")

    grade = _command(commands, "grade", _grade, "grade a folder of submissions")
    grade.add_argument("--from", dest="folder", type=Path, required=True, metavar="FOLDER", help=_FROM)

    _command(commands, "feedback", _feedback, "write an HTML page per student")

    report = _command(commands, "report", _report, "write one HTML page about the class")
    report.add_argument("--output", type=Path, metavar="FILE", help="default: report/LAB.html in the course")

    export = _command(commands, "export", _export, "write totals and points per check")
    export.add_argument("--format", choices=("csv",), default="csv")
    export.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")

    text = "grade a small class of sample submissions"
    demo = commands.add_parser("demo", help=text, description=text, allow_abbrev=False)
    demo.set_defaults(run=_demo, course=None)
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: object,
    text: str,
    lab: str | None = None,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
    command.add_argument("lab", nargs=lab, metavar="LAB", help="name of a lab, or the beginning of it: lab03")
    command.add_argument("--course", type=Path, metavar="DIR", help="nbgrader's course folder")
    command.set_defaults(run=run)
    return command


def _build(course: Course, options: argparse.Namespace) -> int:
    from autograder import build

    labs = [course.find_lab(options.lab)] if options.lab else course.lab_names()
    checks = build.known_checks()
    if options.check:
        stale = build.check(course, checks)
        for path in stale:
            print(f"stale: {path}")
        if stale:
            print("Run `python -m autograder build` and commit labs/.")
        return 1 if stale else 0
    for lab in labs:
        print(f"built {build.build(course, lab, checks, overwrite=options.overwrite)}")
    return 0


def _grade(course: Course, options: argparse.Namespace) -> int:
    from autograder.grade import grade
    from autograder.table import print_line, print_table

    lab = course.find_lab(options.lab)
    results = grade(course, lab, options.folder, progress=print_line)
    print_table(lab, results)
    return 0


def _feedback(course: Course, options: argparse.Namespace) -> int:
    from autograder.feedback import write_feedback
    from autograder.table import print_line

    lab = course.find_lab(options.lab)
    pages = write_feedback(course, lab, progress=print_line)
    print(f"{len(pages)} pages in {course.root / 'feedback'}")
    return 0


def _report(course: Course, options: argparse.Namespace) -> int:
    from autograder.report import write_report
    from autograder.table import print_line

    lab = course.find_lab(options.lab)
    print(f"wrote {write_report(course, lab, options.output, progress=print_line)}")
    return 0


def _export(course: Course, options: argparse.Namespace) -> int:
    from autograder.export import to_csv, write_csv

    lab = course.find_lab(options.lab)
    if options.output is None:
        sys.stdout.write(to_csv(course, lab))
    else:
        write_csv(course, lab, options.output)
        print(f"wrote {options.output}")
    return 0


def _demo(course: Course, options: argparse.Namespace) -> int:
    from autograder.demo import demo

    demo()
    return 0
