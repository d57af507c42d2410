"""The command line: build, grade, appeal, late, feedback, report, export, demo."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from autograder.course import Course
from autograder.errors import GraderError

_FROM = (
    "FOLDER/<student>/<lab>.ipynb, or FOLDER/<student>.zip, or a zip of such a folder, "
    "or nbgrader's submitted/"
)

_UNSAFE = (
    "run submissions as ordinary processes where nothing can isolate them: they can then read and change "
    "whatever you can"
)
_ROSTER = (
    "canvas: the gradebook as exported there; moodle: the assignment's grading worksheet; "
    "without it, students are known by their folders' names"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 done, 1 the answer is no, 2 a mistake in the call."""
    options = _parser().parse_args(arguments)
    course = Course(options.course.absolute()) if options.course else Course()
    if options.database:
        course = replace(course, db_url=options.database)
    try:
        status: int = options.run(course, options)
    except GraderError as error:
        print(f"autograder: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(
            "autograder: stopped; what is graded is kept, and the same command goes on from there",
            file=sys.stderr,
        )
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m autograder", description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    build = _command(commands, "build", _build, "solutions/ -> labs/", lab="?")
    build.add_argument("--check", action="store_true", help="change nothing; exit 1 and list what is stale")
    build.add_argument("--overwrite", action="store_true", help="replace notebooks in labs/ that hold work")

    grade = _command(commands, "grade", _grade, "grade a folder of submissions")
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
        commands, "appeal", _appeal, "show the cases that a student had in a check", leading="STUDENT"
    )
    appeal.add_argument("check", metavar="CHECK")

    feedback = _command(commands, "feedback", _feedback, "write an HTML page per student")
    feedback.add_argument("--jobs", type=_count, metavar="N", help="processes; default: the machine's cores")

    _command(commands, "late", _late, "apply the late policy to what is graded, and list who is late")

    report = _command(commands, "report", _report, "write one HTML page about the class")
    report.add_argument("--output", type=Path, metavar="FILE", help="default: report/LAB.html in the course")

    export = _command(commands, "export", _export, "write totals and points per check")
    export.add_argument("--format", choices=("csv", "canvas", "moodle"), default="csv")
    export.add_argument("--roster", type=Path, metavar="FILE", help=_ROSTER)
    text = "canvas, moodle: name of the assignment there; default: the lab's name"
    export.add_argument("--title", metavar="NAME", help=text)
    text = "canvas: a column per check; moodle: points per check in the feedback; csv has them always"
    export.add_argument("--per-check", action="store_true", help=text)
    export.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")

    text = "grade a small class of sample submissions"
    demo = commands.add_parser("demo", help=text, description=text, allow_abbrev=False)
    demo.set_defaults(run=_demo, course=None, database=None)
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: object,
    text: str,
    lab: str | None = None,
    leading: str | None = None,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
    if leading is not None:
        command.add_argument(leading.lower(), metavar=leading)
    command.add_argument("lab", nargs=lab, metavar="LAB", help="name of a lab, or the beginning of it: lab03")
    command.add_argument("--course", type=Path, metavar="DIR", help="nbgrader's course folder")
    command.add_argument("--database", metavar="URL", help="a gradebook elsewhere: postgresql://…")
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


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1, got {text!r}")
    return int(text)


def _shard(text: str) -> tuple[int, int]:
    part, _, parts = text.partition("/")
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise argparse.ArgumentTypeError(f"expected I/N with I from 1 to N, as 2/5, got {text!r}")
    return int(part), int(parts)


def _grade(course: Course, options: argparse.Namespace) -> int:
    from autograder.crew import cluster_crew, local_crew

    lab = course.find_lab(options.lab)
    if options.rejudge:
        return _rejudge(course, lab, options)
    jobs = options.jobs or os.cpu_count() or 1
    chosen = cluster_crew(options.cluster) if options.cluster else local_crew(jobs, course.log)
    with chosen as crew:  # its processes load TensorFlow while this one loads nbgrader
        from autograder.grade import Selection, grade
        from autograder.progress import shown
        from autograder.table import print_table
        from autograder.work import Budgets

        select = Selection(tuple(options.only), options.shard, options.again)
        with shown() as progress:
            budgets = Budgets(unsafe=options.unsafe)
            results = grade(
                course, lab, options.folder, progress, crew=nullcontext(crew), select=select, budgets=budgets
            )
    print_table(lab, results)
    return 0


def _rejudge(course: Course, lab: str, options: argparse.Namespace) -> int:
    from autograder.rejudge import rejudge
    from autograder.table import print_line

    judged = rejudge(course, lab, tuple(options.only))
    for change in judged.changes:
        print_line(change.line())
    for student in judged.outdated:
        print_line(f"{student:24} not judged again: the lab has changed since it was executed")
    print_line(f"{len(judged.changes)} points changed." if judged.changes else "No point changed.")
    if judged.outdated:
        print_line(
            f"{len(judged.outdated)} submissions were not judged again and keep their marks: the lab has "
            f"changed since they were executed; run: python -m autograder grade {lab} --from FOLDER"
        )
    return 1 if judged.outdated else 0


def _appeal(course: Course, options: argparse.Namespace) -> int:
    from autograder.appeal import appeal
    from autograder.table import print_line

    print_line(appeal(course, course.find_lab(options.lab), options.student, options.check))
    return 0


def _feedback(course: Course, options: argparse.Namespace) -> int:
    from autograder.feedback import write_feedback
    from autograder.table import print_line

    lab = course.find_lab(options.lab)
    written: list[str] = []

    def progress(line: str) -> None:
        written.append(line)
        print_line(line)

    pages = write_feedback(course, lab, progress, options.jobs or os.cpu_count() or 1)
    print(f"{len(pages)} pages in {course.root / 'feedback'}, {len(written)} of them written now")
    return 0


def _report(course: Course, options: argparse.Namespace) -> int:
    from autograder.report import write_report
    from autograder.table import print_line

    lab = course.find_lab(options.lab)
    print(f"wrote {write_report(course, lab, options.output, progress=print_line)}")
    return 0


def _late(course: Course, options: argparse.Namespace) -> int:
    from autograder.late_gradebook import apply_policy, describe
    from autograder.table import print_line

    lab = course.find_lab(options.lab)
    for line in describe(apply_policy(course, lab)):
        print_line(line)
    return 0


def _export(course: Course, options: argparse.Namespace) -> int:
    from autograder.export import FORMATS
    from autograder.export.class_marks import class_marks

    lab = course.find_lab(options.lab)
    marks = class_marks(course, lab)
    file = FORMATS[options.format](marks, options.roster, options.title, options.per_check)
    if options.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(file.text.encode("utf-8"))  # whatever the terminal's encoding and line ends
        sys.stdout.buffer.flush()
    else:
        try:
            options.output.write_text(file.text, encoding=file.encoding, newline="")
        except OSError as error:
            told = f"{options.output} cannot be written: {error.strerror}; name another --output"
            raise GraderError(told) from error
        print(f"wrote {options.output}")
    for line in file.remarks:
        print(f"autograder: {line}", file=sys.stderr)
    for line in file.unplaced:
        print(f"autograder: NOT IN THE FILE: {line}", file=sys.stderr)
    return 1 if file.unplaced else 0


def _demo(course: Course, options: argparse.Namespace) -> int:
    from autograder.demo import demo

    demo()
    return 0
