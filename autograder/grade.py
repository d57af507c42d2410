"""Grades a class: plans what has to be executed, gives it to a crew, records what comes back.

One process plans and records; the journal holds what is queued, leased and done. Whatever stops a run, the
next one finishes what is left, and nothing that is done is executed again until it or the lab changes.
"""

import hashlib
import json
from collections import Counter, deque
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.course import Course
from autograder.crew import Crew, local_crew
from autograder.errors import GraderError
from autograder.execute import KernelLost
from autograder.export import current_results
from autograder.export.class_marks import gone_from_gradebook
from autograder.gradebook.marks import read_marks
from autograder.gradebook.record import Recorder, record_journal, recorder
from autograder.journal import Journal
from autograder.journal_entry import Planned
from autograder.judging.seeds import course_secret, seeds
from autograder.labs import build
from autograder.labs.markers import CHECK_PREFIX
from autograder.late.gradebook import late_penalty, set_due_date
from autograder.lock import grading_lock
from autograder.outcome import Outcome
from autograder.results import Result, Results
from autograder.similar_names import or_meant
from autograder.submissions.collect import Submission, collect
from autograder.submissions.handed_in import digest, read_submission
from autograder.table import some
from autograder.versions import grader_version, lab_version
from autograder.work import Budgets, Lab, work
from cvlabs.counted import counted

TRIES = 2
_SHARED_LOSSES = 2
"""A submission that lost its kernel so often beside others runs alone: then it shows whose fault it is."""


@dataclass(frozen=True)
class Step:
    """One more student is graded, or there is something to say before the start.

    Args:
        number: How many are.
        count: How many there are to grade.
        student: Who it is; empty at the start, which tells `count`.
        result: What it came to.
        remark: What to say before the start.
    """

    number: int
    count: int
    student: str = ""
    result: Result | None = None
    remark: str = ""


Progress = Callable[[Step], None]


@dataclass(frozen=True)
class Selection:
    """Which submissions a run takes.

    Args:
        only: Names of students; empty for all.
        shard: `(i, n)`: the i-th of n parts of the class, counted from 1, that depend on the names alone.
        again: Execute them although nothing has changed.
    """

    only: tuple[str, ...] = ()
    shard: tuple[int, int] = (1, 1)
    again: bool = False

    def takes(self, student: str) -> bool:
        """Whether a student is among them."""
        part, parts = self.shard
        number = int.from_bytes(
            hashlib.sha256(student.encode("utf-8", "surrogateescape")).digest()[:8], "big"
        )
        return (not self.only or student in self.only) and number % parts == part - 1


def grade(
    course: Course,
    lab: str,
    folder: Path,
    progress: Progress = lambda step: None,
    *,
    crew: AbstractContextManager[Crew] | None = None,
    select: Selection | None = None,
    budgets: Budgets | None = None,
) -> Results:
    """Grades the submissions to a lab found in `folder`.

    Args:
        course: The course.
        lab: Name of the lab.
        folder: See `collect`.
        progress: Called at the start, and after each student; before, with what there is to remark.
        crew: Who executes and judges; by default one process.
        select: Which of the submissions; by default all.
        budgets: What each may use.

    Returns:
        The results of these students. Those of others, from earlier runs, stay on record.

    Raises:
        GraderError: The folder, the lab or the record cannot be used at all; or another run is grading this
            course.
    """
    select = select or Selection()
    is_collected = _is_collected(course, folder)

    def tell(line: str) -> None:
        progress(Step(0, 0, remark=line))

    with (
        grading_lock(course.root),
        Journal(course.journal) as journal,
        crew or local_crew(1, course.log) as workers,  # they load TensorFlow while the lab is built
        collect(folder, lab, tell, is_collected=is_collected) as submissions,
    ):
        about = prepare_lab(course, lab)
        set_due_date(course, lab)
        chosen = _choose(submissions, select, folder)
        if not chosen:
            part, parts = select.shard
            tell(f"--shard {part}/{parts} has nobody of {counted(len(submissions), 'submission')}")
            return {}
        todo = _plan(journal, about, chosen, again=select.again)
        if gone := _gone(course, lab, journal, chosen.keys() - {submission.student for submission in todo}):
            tell(f"not in the gradebook any more, and recorded again: {some(gone)}")
            journal.record_again(lab, gone)
        with recorder(course, lab, late=late_penalty(course, lab)) as record:
            record_journal(journal, lab, record)  # what an earlier run had no time to
            run = _Run(
                journal,
                record,
                about,
                course_secret(course.root),
                budgets or Budgets(),
                progress,
                is_collected,
            )
            run.go(workers, todo)
    now = current_results(course, lab)  # with points that a person gave, and what being late costs
    return {student: now[student] for student in chosen if student in now}


def prepare_lab(course: Course, lab: str) -> Lab:
    """Builds a lab in the course folder if it must, and returns what workers have to know of it."""
    folder = build.ensure_course(course, lab)
    release = (folder / f"{lab}.ipynb").read_text(encoding="utf-8")
    files = tuple(
        (str(path.relative_to(folder)), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".ipynb" and not path.name.startswith(".")
    )
    return Lab(lab, release, files, _check_points(release), lab_version(folder), grader_version())


def _check_points(release: str) -> dict[str, float]:
    """The points of each check, as the lab's source gives them."""
    cells = (cell["metadata"].get("nbgrader", {}) for cell in json.loads(release)["cells"])
    graded = {
        cell["grade_id"]: float(cell["points"]) for cell in cells if cell.get("grade") and cell["locked"]
    }
    return {n.removeprefix(CHECK_PREFIX): most for n, most in graded.items() if n.startswith(CHECK_PREFIX)}


def _is_collected(course: Course, folder: Path) -> bool:
    """Whether a folder is the course's own `submitted/`, into which nbgrader collects."""
    own = (course.root, course.root / "submitted")
    return folder.resolve() in [place.resolve() for place in own]


def _choose(submissions: list[Submission], select: Selection, folder: Path) -> dict[str, Submission]:
    known = {submission.student for submission in submissions}
    strangers = sorted(set(select.only) - known)
    if strangers:
        names = ", ".join(or_meant(name, known) for name in strangers)
        raise GraderError(f"{folder} holds no submission of {names}")
    chosen = {s.student: s for s in submissions if select.takes(s.student)}
    if select.only and not chosen:
        names, part = ", ".join(map(repr, select.only)), "/".join(map(str, select.shard))
        raise GraderError(f"--shard {part} has nobody of --only {names}; leave out --shard")
    return chosen


def _plan(journal: Journal, lab: Lab, chosen: Mapping[str, Submission], *, again: bool) -> deque[Submission]:
    wanted = [Planned(student, digest(read_submission(one)), lab.version) for student, one in chosen.items()]
    repeated: Collection[str] = chosen.keys() if again else ()
    return deque(chosen[student] for student in journal.plan(lab.name, wanted, again=repeated))


def _gone(course: Course, lab: str, journal: Journal, unchanged: Collection[str]) -> list[str]:
    """Returns those who are not executed again, and whom somebody took out of the gradebook."""
    gone = gone_from_gradebook(journal.results(lab), read_marks(course, lab))
    return [student for student in gone if student in unchanged]


@dataclass(frozen=True)
class _Given:
    """A submission that a worker has, and the digest of what it got."""

    submission: Submission
    digest: str
    is_alone: bool


@dataclass
class _Run:
    """What one run works with."""

    journal: Journal
    record: Recorder
    lab: Lab
    secret: bytes
    budgets: Budgets
    progress: Progress
    is_collected: bool = False
    number: int = 0
    count: int = 0
    losses: Counter[str] = field(default_factory=Counter)

    def go(self, crew: Crew, todo: deque[Submission]) -> None:
        """Gives out what is to do, a little more whenever something comes back."""
        self.count = len(todo)
        self.progress(Step(0, self.count))
        running: dict[Future[Outcome], _Given] = {}
        while todo or running:
            self._give_out(crew, todo, running)
            ended, _ = wait(running, return_when=FIRST_COMPLETED)
            done = {future: running.pop(future) for future in ended}
            try:
                self._give_out(crew, todo, running)  # before storing: workers need not wait for the disk
            finally:  # what is done is stored, also where nothing more can be read
                repeated = self._store(done)
            todo.extend(repeated)

    def _give_out(self, crew: Crew, todo: deque[Submission], running: dict[Future[Outcome], _Given]) -> None:
        """Reads a submission only now, again: a class of thousands does not fit into memory."""
        while todo and len(running) < crew.capacity:
            alone = self.losses[todo[0].student] >= _SHARED_LOSSES
            if running and (alone or any(given.is_alone for given in running.values())):
                return
            submission = todo.popleft()
            handed_in = read_submission(submission)
            given = _Given(submission, digest(handed_in), alone)
            self.journal.lease(self.lab.name, submission.student, "crew", given.digest)
            drawn = seeds(self.secret, submission.student, self.lab.name, self.lab.checks)
            running[crew.submit(work, self.lab, handed_in, drawn, self.budgets)] = given

    def _store(self, ended: Mapping[Future[Outcome], _Given]) -> list[Submission]:
        """Stores outcomes in the journal, then in the gradebook; returns those that are to be tried again."""
        repeated, failed = [], []
        fatal: GraderError | None = None
        with self.journal.transaction():
            for future, given in ended.items():
                failure = future.exception()
                if failure is None:
                    self.journal.done(self.lab.name, self._outcome(future), given.digest)
                elif isinstance(failure, GraderError):
                    fatal = failure  # this concerns the whole run: no isolation, no disk
                elif self._is_tried_again(given, failure):
                    repeated.append(given.submission)
                else:
                    failed.append(given.submission.student)
        if fatal is not None:  # now that what ended beside it is stored
            raise fatal
        results = record_journal(self.journal, self.lab.name, self.record)
        on_record = self.journal.results(self.lab.name) if failed else {}
        for student, result in [*results.items(), *((name, on_record[name]) for name in failed)]:
            self.number += 1
            self.progress(Step(self.number, self.count, student, result))
        return repeated

    def _outcome(self, done: Future[Outcome]) -> Outcome:
        """Returns an outcome, without what would be written over the very file that was handed in."""
        return replace(done.result(), submitted="") if self.is_collected else done.result()

    def _is_tried_again(self, given: _Given, failure: BaseException) -> bool:
        """Notes a failure; a kernel that was lost beside others counts as none: it may be their doing."""
        student, reason = given.submission.student, f"{type(failure).__name__}: {failure}"[:1000]
        if isinstance(failure, KernelLost) and not given.is_alone:
            self.losses[student] += 1
            self.journal.lost(self.lab.name, student, reason)
            return True
        return self.journal.failed(self.lab.name, student, reason, TRIES)
