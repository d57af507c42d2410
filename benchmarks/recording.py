"""How many submissions a second the journal and the gradebook take, apart from everything that grades.

    python -m benchmarks.recording --submissions 500 --json

Outcomes are made from a lab's release: every check has a report, half of the students fail some. Everything
waits for the disk as it does in earnest, so the disk of `--folder` is measured along with the rest.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import nbformat
from nbformat import NotebookNode, v4
from nbgrader.utils import is_grade

from autograder.course import Course, put_environment_on_path
from autograder.gradebook.record import record_journal, recorder
from autograder.journal import Journal
from autograder.journal_entry import Planned
from autograder.labs import build
from autograder.outcome import Outcome
from autograder.results import Run
from benchmarks.machine import processor

REPORT = '<div class="cvlabs">' + "<p>✓ output shape: as expected on 3 configurations</p>" * 20 + "</div>"


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the measurement and prints it."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="cvlabs-recording-", dir=options.folder) as folder:
        figures = measure(Path(folder), options.lab, options.submissions)
    if options.json:
        print(json.dumps(figures))
        return
    print(f"{processor()}; {options.submissions} submissions to {options.lab}")
    for name, value in figures.items():
        print(f"{name:36} {value:10.4g}")


def measure(folder: Path, lab: str, submissions: int) -> dict[str, float]:
    """Grades nothing, and records that many outcomes in a course of its own in `folder`.

    Returns:
        Submissions per second of each part, and what a submission takes on the disk, in bytes.
    """
    put_environment_on_path()
    course = Course(folder / "course")
    release = build.build_course(course, course.find_lab(lab), build.known_checks()) / f"{lab}.ipynb"
    made = outcomes(nbformat.read(release, as_version=4), submissions)
    planned = [Planned(outcome.student, outcome.student, "1") for outcome in made]
    with Journal(course.journal) as journal:

        def queue() -> None:
            for student in journal.plan(lab, planned):
                journal.lease(lab, student, "worker")

        def store() -> None:
            for outcome in made:
                journal.done(lab, outcome, outcome.student)

        def write() -> None:
            with recorder(course, lab) as record_some:
                record_journal(journal, lab, record_some)

        figures = {
            "journal_leases_per_second": _rate(queue, submissions),
            "journal_outcomes_per_second": _rate(store, submissions),
            "recorded_per_second": _rate(write, submissions),
        }
        store()
        figures["recorded_again_per_second"] = _rate(write, submissions)
        figures["results_read_per_second"] = _rate(lambda: journal.results(lab), submissions)
    figures["notebook_bytes"] = sum(len(outcome.autograded.encode()) for outcome in made) / submissions
    figures["journal_bytes_per_submission"] = course.journal.stat().st_size / submissions
    return figures


def outcomes(release: NotebookNode, submissions: int) -> list[Outcome]:
    """Makes outcomes of as many students, whose notebooks differ."""
    run = Run("namespaces", "warm", 3.2, 2.5, 410_000_000, "2026-01-01T12:00:00+00:00", "grader", "lab")
    submitted = nbformat.writes(release)
    checks = [cell for cell in release.cells if is_grade(cell) and cell.cell_type == "code"]
    made = []
    for number in range(submissions):
        for place, cell in enumerate(checks):
            _judge(cell, f"student {number}, cell {place}", passed=(number >> place) % 2 == 0)
        student = f"student{number:05}"
        text = nbformat.writes(release)
        made.append(Outcome(student, "graded", (), submitted, text, {}, "2026-01-01 12:00:00 UTC", run))
    return made


def _judge(cell: NotebookNode, text: str, *, passed: bool) -> None:
    """Leaves a verdict in a cell as the judge does."""
    cell.outputs = [v4.new_output("display_data", data={"text/html": f"{REPORT}{text}", "text/plain": text})]
    if not passed:
        cell.outputs.append(v4.new_output("error", ename="CheckFailed", evalue=text, traceback=[text]))
    cell.metadata["cvlabs"] = {"outcome": "passed" if passed else "failed", "hint": "" if passed else text}


def _rate(work: Callable[[], object], count: int) -> float:
    start = time.perf_counter()
    work()
    return count / (time.perf_counter() - start)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recording", description=__doc__)
    parser.add_argument("--submissions", type=int, default=500)
    parser.add_argument("--lab", default="lab03_googlenet")
    parser.add_argument("--folder", type=Path, help="where to make the course; default: the system's")
    parser.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
