"""One class of strangers who try everything, and a few honest students among them.

Nothing gains a point that it did not earn, no honest mark changes, nothing outside of a kernel's own folder
changes, nothing is told that is none of a student's business, and the run ends by itself.
"""

import html
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder.course import REPOSITORY, Course
from autograder.crew import local_crew
from autograder.feedback import pages as feedback
from autograder.feedback.pages import write_feedback
from autograder.grade import grade
from autograder.kernels.provisioner import isolation
from autograder.labs import build
from autograder.results import Result, Results
from autograder.work import Budgets
from tests.autograder import traces
from tests.autograder.hostile import CHECKS, RIGHT, WRONG, Hostile, bank, notebook, solved, source
from tests.autograder.hostile_files import HostileFile, hostile_files
from tests.autograder.tiny_lab import REAL_LAB, hand_in

CANARY = "CVLABS_CANARY"
OURS = ("zygote.py", "supervisor.py", "multiprocessing.resource_tracker")
"""Processes of the grader's own that may live as long as this one."""
HONEST = {
    "honest-neighbour": RIGHT | {"conv_params": f"# {CANARY}=neighbour\n{RIGHT['conv_params']}"},
    "honest-right": RIGHT,
    "honest-wrong": WRONG,
    "zz-honest-last": RIGHT,
}


def is_isolated() -> bool:
    """Whether the grader isolates what it runs here; if not, code that does damage is left out."""
    return isolation(unsafe=True).level != "none"


BUDGETS = Budgets(cell_seconds=15, notebook_seconds=40, memory=1_500_000_000)
"""Less than a class has, so that endless loops are over soon."""


@dataclass(frozen=True)
class Class:
    """A class that is ready to be graded.

    Args:
        course: The course.
        folder: What was handed in.
        code: The hostile code of the bank, by student.
        files: The hostile files, by student.
    """

    course: Course
    folder: Path
    code: dict[str, Hostile]
    files: dict[str, HostileFile]


def make_class(root: Path, places: dict[str, object], samples: list[Hostile]) -> Class:
    """Builds the course, with a secret that is easy to find, and writes the class."""
    course = Course(root / "course", root / "solutions", root / "labs")
    lab = course.solutions / REAL_LAB / f"{REAL_LAB}.py"
    lab.parent.mkdir(parents=True)
    lab.write_text(source(), encoding="utf-8")
    course.root.mkdir()
    (course.root / "secret").write_text(f"{CANARY}=secret{'0123456789' * 5}")
    built = build.build_course(course, REAL_LAB, build.known_checks()) / f"{REAL_LAB}.ipynb"
    release = nbformat.read(built, as_version=4)

    made = Class(course, root / "class", {s.student: s for s in samples}, hostile_files())
    for student, answers in HONEST.items():
        hand_in(made.folder, student, solved(release, answers), f"{REAL_LAB}.ipynb")
    known = places | {"course": course.root, "neighbour": made.folder / "honest-neighbour"}
    for student, sample in made.code.items():
        hand_in(made.folder, student, notebook(release, sample, known), f"{REAL_LAB}.ipynb")
    for student, file in made.files.items():
        file.write(made.folder / student, release)
    return made


@contextmanager
def unchanged(made: Class, home: Path) -> Iterator[list[str]]:
    """Yields a list, which in the end says what changed that must not."""
    problems: list[str] = []
    packages = Path(sysconfig.get_paths()["purelib"])
    course = [made.course.root / name for name in ("source", "release")]
    repository = [REPOSITORY / name for name in ("cvlabs", "solutions", "tests/autograder", "labs")]
    code = sorted((REPOSITORY / "autograder").glob("*.py"))

    def now() -> dict[str, object]:
        found: dict[str, object] = traces.contents(*course, *repository, made.folder, home)
        for path in (*code, made.course.root / "secret", made.course.root / "nbgrader_config.py"):
            found[str(path)] = path.read_bytes() if path.is_file() else None
        return found | traces.listing(packages)

    before = now()
    yield problems
    problems += traces.changes(before, now())
    litter = ("cvlabs-hostile", "full", "caught.py", "sitecustomize.py")
    for folder in ("/", "/etc", "/usr", "/usr/bin", "/var/tmp", "/tmp", "/run", "/opt", "/dev/shm", "/root"):
        problems += [f"{folder}/{name} is there" for name in litter if Path(folder, name).exists()]


def misjudged(
    student: str, result: Result, lost: tuple[str, ...], may_lose: tuple[str, ...] = ()
) -> list[str]:
    """Says where a student's points are not as expected."""
    if result.status != "graded":
        return [f"{student}: {result.status}: {' '.join(result.notes)[-300:]}"]
    problems = []
    for name, most in CHECKS.items():
        allowed = {0.0, most} if name in may_lose else {0.0} if name in lost else {most}
        if result.checks[name].points not in allowed:
            problems.append(f"{student}: {result.checks[name].points} points for {name}, expected {allowed}")
    return problems


def misjudgements(made: Class, results: Results, pages: dict[str, str]) -> list[str]:
    """Says of every student what is not as expected."""
    problems = []
    for student, sample in made.code.items():
        problems += misjudged(student, results[student], sample.lost, sample.may_lose)
        page = pages[student]
        problems += [f"{student}: no {text!r} on the page" for text in sample.shows if text not in page]
        problems += [f"{student}: {text!r} on the page" for text in sample.hides if text in page]
    for student, file in made.files.items():
        result = results[student]
        if file.lost is None:
            if result.status != "not readable":
                problems.append(f"{student}: {result.status}")
        else:
            problems += misjudged(student, result, file.lost)
        if file.note not in " ".join(result.notes):
            problems.append(f"{student}: {file.note!r} is not in {result.notes}")
    for student, answers in HONEST.items():
        lost = tuple(name for name in CHECKS if answers[name] == WRONG[name])
        problems += misjudged(student, results[student], lost)
    return problems


def leaks(made: Class) -> list[str]:
    """Says where something is told that only the grader, or one student, may know."""
    problems = []
    for step in ("autograded", "feedback", "results"):
        for path in sorted((made.course.root / step).rglob("*.*")):
            told = CANARY.encode() + b"=" in path.read_bytes() if path.is_file() else False
            if told and "honest-neighbour" not in path.parts:
                problems.append(f"{path} tells a secret")
    return problems


def read_pages(course: Course) -> dict[str, str]:
    """Returns the text of every feedback page by student."""
    return {p.parts[-3]: html.unescape(p.read_text()) for p in write_feedback(course, REAL_LAB)}


@pytest.mark.slow
@pytest.mark.xdist_group("hostile")
def test_nothing_is_gained_and_nothing_is_harmed(tmp_path, monkeypatch):
    isolated = is_isolated()
    monkeypatch.setattr(feedback, "PAGE_SECONDS", 10)
    home = tmp_path / "home"
    home.mkdir()
    (home / "notes.txt").write_text(f"{CANARY}=home")
    monkeypatch.setenv(CANARY, f"{CANARY}=environment")
    samples = [sample for sample in bank() if isolated or not sample.needs]
    others = traces.descendants()  # a browser of other tests in this process
    with traces.listeners(tmp_path) as (ports, sockets), traces.adopting():
        places = ports | {
            "home": home,
            "repository": REPOSITORY,
            "site_packages": sysconfig.get_paths()["purelib"],
        }
        made = make_class(tmp_path, places, samples)
        with unchanged(made, home) as problems:
            results = grade(
                made.course, REAL_LAB, made.folder, crew=local_crew(2, made.course.log), budgets=BUDGETS
            )
        pages = read_pages(made.course)
        left = [f"{command} goes on" for command in traces.descendants(others).values()]
        problems += [line for line in left if not any(ours in line for ours in OURS)]
        problems += traces.contacts(sockets)
    assert set(results) == {*made.code, *made.files, *HONEST}
    problems += misjudgements(made, results, pages) + leaks(made)
    assert not problems, "\n".join(problems)


def test_the_bank_is_read_and_every_kind_of_attack_is_there():
    samples = bank()
    assert {s.name.split("/")[0] for s in samples} == {
        "crash", "detect", "escape", "exhaust", "forge", "network", "pry"
    }  # fmt: skip
    assert len({s.student for s in samples}) == len(samples)
    for sample in samples:
        assert not set(sample.lost) & set(sample.may_lose), sample.name
        assert not any(text in sample.code for text in (*sample.shows, *sample.hides)), sample.name
