"""What each command of the command line does; each returns its exit status.

Imports stand inside, so that a command loads what it needs and nothing else.
"""

import argparse
import os
import sys
from contextlib import nullcontext

from autograder.course import Course
from autograder.errors import GraderError


def build(course: Course, options: argparse.Namespace) -> int:
    """Builds labs, or says which of their files are stale."""
    from autograder.labs import build

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


def grade(course: Course, options: argparse.Namespace) -> int:
    """Grades a folder of submissions, or judges again what was executed; 1 if some could not be graded."""
    from autograder.crew import cluster_crew, local_crew

    _refuse_ignored(options)
    lab = course.find_lab(options.lab)
    if options.rejudge:
        return _rejudge(course, lab, options)
    jobs = options.jobs or os.cpu_count() or 1
    chosen = local_crew(jobs, course.log) if options.cluster is None else cluster_crew(options.cluster)
    with chosen as crew:  # its processes load TensorFlow while this one loads nbgrader
        from autograder.grade import Selection, grade
        from autograder.gradebook.marks import points_to_look_at
        from autograder.progress import shown
        from autograder.table import given_before, left_over, print_line, print_table
        from autograder.work import Budgets

        select = Selection(tuple(options.only), options.shard, options.again)
        with shown() as progress:
            budgets = Budgets(unsafe=options.unsafe)
            results = grade(
                course, lab, options.folder, progress, crew=nullcontext(crew), select=select, budgets=budgets
            )
    if not results:
        return 0
    print_table(lab, results)
    lines = left_over(lab, results)
    by_hand = {
        s: names for s, names in points_to_look_at(course, lab).items() if s in results and results[s].checks
    }
    for line in [*given_before(by_hand), *lines]:
        print_line(line)
    return 1 if lines else 0


def _refuse_ignored(options: argparse.Namespace) -> None:
    """Raises an error for an option of `grade` that would change nothing."""
    given = {
        "--cluster": options.cluster is not None,
        "--jobs": options.jobs is not None,
        "--shard": options.shard != (1, 1),
        "--again": options.again,
        "--unsafe": options.unsafe,
    }
    ignored = [name for name, is_given in given.items() if is_given]
    if options.rejudge and ignored:
        raise GraderError(f"--rejudge executes nothing and takes no {', '.join(ignored)}; leave that out")
    if given["--cluster"] and given["--jobs"]:
        raise GraderError("--cluster has workers of its own and takes no --jobs; leave one of them out")


def _rejudge(course: Course, lab: str, options: argparse.Namespace) -> int:
    from autograder.rejudge import rejudge
    from autograder.table import print_line
    from cvlabs.counted import counted

    judged = rejudge(course, lab, tuple(options.only))
    for change in judged.changes:
        print_line(change.line())
    for student in judged.outdated:
        print_line(f"{student:24} not judged again: the lab has changed since it was executed")
    print_line(f"{counted(len(judged.changes), 'mark')} changed." if judged.changes else "No mark changed.")
    if judged.outdated:
        print_line(
            f"{counted(len(judged.outdated), 'submission')} not judged again, with the marks of before: the "
            f"lab has changed since the execution; run: python -m autograder grade {lab} --from FOLDER"
        )
    return 1 if judged.outdated else 0


def appeal(course: Course, options: argparse.Namespace) -> int:
    """Shows what a student had in a check."""
    from autograder.appeal import appeal
    from autograder.table import print_line

    print_line(appeal(course, course.find_lab(options.lab), options.student, options.check))
    return 0


def feedback(course: Course, options: argparse.Namespace) -> int:
    """Writes the feedback pages."""
    from autograder.feedback.pages import write_feedback
    from autograder.table import print_line
    from cvlabs.counted import counted

    lab = course.find_lab(options.lab)
    written: list[str] = []

    def progress(line: str) -> None:
        written.append(line)
        print_line(line)

    pages = write_feedback(course, lab, progress, options.jobs or os.cpu_count() or 1, print_line)
    print(f"{counted(len(pages), 'page')} in {course.root / 'feedback'}, {len(written)} written now")
    return 0


def report(course: Course, options: argparse.Namespace) -> int:
    """Writes the page about the class."""
    from autograder.report.page import write_report
    from autograder.table import print_line

    lab = course.find_lab(options.lab)
    print(f"wrote {write_report(course, lab, options.output, progress=print_line)}")
    return 0


def late(course: Course, options: argparse.Namespace) -> int:
    """Applies the late policy, and lists who is late."""
    from autograder.export import current_results
    from autograder.late.gradebook import apply_policy, describe
    from autograder.table import print_line

    lab = course.find_lab(options.lab)
    penalties = apply_policy(course, lab)
    current_results(course, lab)  # which says where nobody was graded
    for line in describe(penalties):
        print_line(line)
    return 0


def export(course: Course, options: argparse.Namespace) -> int:
    """Writes the grades as a file; 1 if some found no place in it."""
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


def demo(course: Course, options: argparse.Namespace) -> int:
    """Grades the sample submissions."""
    from autograder.demo import demo

    demo()
    return 0
