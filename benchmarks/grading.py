"""Stock `nbgrader autograde` beside `autograder grade`, with one and two jobs: the same class, in one run.

    python -m benchmarks.grading                         # 12 submissions to lab 3, all three ways
    python -m benchmarks.grading --submissions 0 --growth 50 200 1000    # only how it grows, with all cores
    python -m benchmarks.grading --json

Stock means nbgrader's own command with its own configuration: one student after the other, each in a kernel
that starts from nothing, sees everything, and runs the notebook as it runs for the student: a check that
fails raises. The marks must be equal; answers that know the public cases by heart, which stock cannot find
out, are left out. All three are commands, timed from start to end. Submissions are variants of the
lab's bank: each answer is a right or a wrong one from there, or is missing. A ratio above 1 says that
`autograder grade` is faster.

The judge computes what the reference and the misconceptions do once for each variant of a check, and keeps
it for the next class. An untimed pass does that before.

Memory is what all processes of a command hold together, what they share counted once. To add that up takes a
tenth of two cores where there are many processes, so it is looked at in further untimed passes; of stock's
few processes, and ten times less often of the classes that grow, while they are timed.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.course import REPOSITORY, Course, put_environment_on_path
from autograder.gradebook.marks import read_marks
from autograder.journal import Journal
from autograder.judging.seeds import course_secret
from autograder.labs import samples
from autograder.labs.samples import BANK, SampleLab
from autograder.nbgrader_config import CELL_SECONDS
from benchmarks.machine import processor, versions

KINDS = {"right": 6, "wrong": 3, "missing": 1}
"""What an answer is, and how often."""

_SAMPLE_SECONDS = 1.0  # adding up the pages of some ten processes takes a tenth of that
_SELDOM_SECONDS = 10.0


@dataclass(frozen=True)
class Graded:
    """One way of grading.

    Args:
        seconds: From the start of the command to its end.
        peak_memory: Bytes, of all its processes together; 0 if nobody looked.
        marks: What each student got.
    """

    seconds: float
    peak_memory: int
    marks: dict[str, float]


def main() -> None:
    """Runs the measurement and prints it.

    Raises:
        SystemExit: The marks of two ways differ; one of them is wrong.
    """
    options = _parse()
    put_environment_on_path()
    with tempfile.TemporaryDirectory(prefix="cvlabs-grading-") as name:
        folder = Path(name)
        lab = samples.read_lab(Course(folder / "plan"), Course().find_lab(options.lab))
        figures: dict[str, Any] = {}
        if options.submissions:
            figures |= compare(folder, lab, options.submissions, options.seed)
        if options.growth:
            figures |= growth(folder, lab, sorted(options.growth), options.seed)
    if options.json:
        print(json.dumps(figures))
    else:
        print(f"{processor()}; {versions()}")
        for key, value in figures.items():
            print(f"{key:40} {value:10.4g}" if isinstance(value, int | float) else f"{key:40} {value}")
    if figures.get("unequal_marks"):
        raise SystemExit("the marks differ: " + json.dumps(figures["unequal_marks"]))


def compare(folder: Path, lab: SampleLab, submissions: int, seed: int) -> dict[str, Any]:
    """Grades one class in all three ways; `unequal_marks` lists the students for whom they differ."""
    students = variants(lab, submissions, seed)
    _ours(folder / "before", lab, students, os.cpu_count() or 1)
    jobs = {"1_job": 1, "2_jobs": 2}
    memory = {
        name: _ours(folder / f"memory{count}", lab, students, count, look=_SAMPLE_SECONDS).peak_memory
        for name, count in jobs.items()
    }
    ways = {"stock": _stock(folder / "stock", lab, students)}
    for name, count in jobs.items():
        way = _ours(folder / f"jobs{count}", lab, students, count)
        ways[name] = replace(way, peak_memory=memory[name])
    marks = {student: {name: way.marks.get(student) for name, way in ways.items()} for student in students}
    unequal = {student: found for student, found in marks.items() if len(set(found.values())) > 1}
    figures: dict[str, Any] = {"submissions": submissions, "unequal_marks": unequal}
    for name, way in ways.items():
        figures[f"seconds_per_submission_{name}"] = way.seconds / submissions
        figures[f"submissions_per_minute_{name}"] = 60 * submissions / way.seconds
        figures[f"peak_memory_mb_{name}"] = way.peak_memory / 1e6
    for name in jobs:
        figures[f"speedup_{name}"] = ways["stock"].seconds / ways[name].seconds
    figures["peak_memory_mb"] = figures["peak_memory_mb_2_jobs"]
    return figures | _in_workers(folder / "jobs1", lab)


def growth(folder: Path, lab: SampleLab, counts: list[int], seed: int) -> dict[str, Any]:
    """Grades classes of several sizes with all cores, and models one that is larger than the machine.

    The smallest class is graded twice, for what the judge computes once for each lab. Growth is linear if
    each further submission takes the same from every size to the next. The model takes the workers of 16
    cores to be independent; what the one writer can do, `benchmarks.recording` measures.
    """
    cores = os.cpu_count() or 1
    figures: dict[str, Any] = {"cores": cores}

    def graded(name: str, count: int) -> float:
        students = variants(lab, count, seed)
        way = _ours(folder / f"class_{name}", lab, students, cores, look=_SELDOM_SECONDS)
        figures[f"seconds_for_{name}"] = way.seconds
        figures[f"peak_memory_mb_for_{name}"] = way.peak_memory / 1e6
        rate, memory = 60 * count / way.seconds, way.peak_memory / 1e6
        line = f"{name:>10}: {way.seconds:7.1f} s, {rate:5.1f} submissions a minute, {memory:5.0f} MB"
        print(line, file=sys.stderr, flush=True)
        return way.seconds

    graded(f"first_{counts[0]}", counts[0])  # the judge's part of it is kept for the others
    seconds = {count: graded(str(count), count) for count in counts}
    for few, many in pairwise(counts):
        each = (seconds[many] - seconds[few]) / (many - few)
        figures[f"seconds_for_each_from_{few}_to_{many}"] = each
    if len(counts) > 1:  # the longest stretch says most
        figures["seconds_to_start"] = start = seconds[counts[-2]] - counts[-2] * each
        figures["modelled_minutes_for_10000_on_16_cores"] = (start + 10_000 * each * cores / 16) / 60
    return figures


def variants(lab: SampleLab, count: int, seed: int) -> dict[str, NotebookNode]:
    """Returns notebooks whose answers are drawn from the lab's bank."""
    rng = random.Random(seed)
    made = {}
    for number in range(count):
        sources = {}
        for check in lab.checks:
            (kind,) = rng.choices(list(KINDS), list(KINDS.values()))
            if kind != "missing":
                sources[check] = lab.bank(check, rng.choice(_bank(lab.name, check, kind)))
        made[f"student{number:05}"] = lab.filled(sources)
    return made


def _bank(lab: str, check: str, kind: str) -> list[str]:
    names = {path.stem for path in (BANK / lab / check).glob(f"{kind}_*.py")}
    return sorted(names - {"wrong_public_case_only"})


def _stock(root: Path, lab: SampleLab, students: dict[str, NotebookNode]) -> Graded:
    course = Course(root)
    samples.read_lab(course, lab.name)
    course_secret(course.root)
    for student, notebook in students.items():
        path = course.notebook("submitted", lab.name, student)
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    (course.root / "nbgrader_config.py").write_text(
        f"c = get_config()\n"
        f"c.CourseDirectory.root = {str(course.root)!r}\n"
        f"c.CourseDirectory.db_url = {course.database!r}\n"
        f"c.Execute.timeout = {CELL_SECONDS}\n"
    )
    command = ["nbgrader", "autograde", lab.name]
    return _run(course, lab, command, root.parent / "cache", _SAMPLE_SECONDS)


def _ours(
    root: Path, lab: SampleLab, students: dict[str, NotebookNode], jobs: int, look: float | None = None
) -> Graded:
    course, folder = Course(root / "course"), root / "class"
    samples.read_lab(course, lab.name)  # released, like stock's
    (course.root / "secret").write_text("0" * 64)
    for student, notebook in students.items():
        (folder / student).mkdir(parents=True)
        nbformat.write(notebook, folder / student / f"{lab.name}.ipynb")
    command = ["autograder", "grade", lab.name, "--from", str(folder), "--course", str(course.root)]
    return _run(course, lab, [*command, "--jobs", str(jobs)], root.parent / "cache", look)


def _run(course: Course, lab: SampleLab, command: list[str], cache: Path, look: float | None) -> Graded:
    (course.root / "secret").write_text("0" * 64)  # the same cases for all
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "TF_CPP_MIN_LOG_LEVEL": "3"}
    environment["XDG_CACHE_HOME"] = str(cache)
    start = time.perf_counter()
    with (course.root / "output").open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=course.root, env=environment, stdout=output, stderr=output
        )
        with _memory(process.pid, look) as peak:
            code = process.wait()
    seconds = time.perf_counter() - start
    if code:
        raise SystemExit(f"{' '.join(command)} failed:\n{(course.root / 'output').read_text()[-3000:]}")
    marks = {student: marks.score for student, marks in read_marks(course, lab.name).items()}
    return Graded(seconds, max(peak), marks)


@contextmanager
def _memory(pid: int, every: float | None) -> Iterator[list[int]]:
    """Looks at the memory of a process and its descendants; the list has what was seen.

    Args:
        pid: The process.
        every: Seconds between two looks; `None` to never look.
    """
    seen, done = [0], threading.Event()

    def watch() -> None:
        while every is not None and not done.wait(every):
            seen.append(sum(map(_proportional_bytes, _family(pid))))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()


def _family(pid: int) -> list[int]:
    parents = {}
    for path in Path("/proc").iterdir():
        if path.name.isdecimal():
            try:
                parents[int(path.name)] = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, UnicodeDecodeError):
                continue
    family = [pid]
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family


def _proportional_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _in_workers(root: Path, lab: SampleLab) -> dict[str, float]:
    """What a submission takes in a worker, and how much of that is not the student's own cells."""
    with Journal(root / "course" / "journal.db") as journal:
        runs = [result.run for result in journal.results(lab.name).values() if result.run]
    return {
        "median_seconds_in_worker": statistics.median(run.seconds for run in runs),
        "median_seconds_in_cells": statistics.median(run.cell_seconds for run in runs),
        "median_overhead_seconds": statistics.median(run.seconds - run.cell_seconds for run in runs),
    }


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lab", default="lab03")
    parser.add_argument(
        "--submissions", type=int, default=12, help="how many are graded in all three ways; 0 for none"
    )
    parser.add_argument(
        "--growth", type=int, nargs="*", default=[], metavar="N", help="sizes of further classes"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the choice of answers")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
