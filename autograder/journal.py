"""The journal of a course: which submissions wait, run or are done, and what each came to.

One process writes it (see `grading_lock`), others may read it meanwhile.

    queued -> leased -> done -> recorded in the gradebook
                  `---> queued again, after a failure of the grader's; at the second one: could not grade,
                        until the next run, which tries it again
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from autograder.journal_entry import Entry, Planned
from autograder.journal_file import damaged, open_journal_file, told
from autograder.outcome import Outcome, pack, unpack
from autograder.results import Result, Results, from_json, to_json

_PLAN = """
    INSERT INTO submission (lab, student, digest, version, state)
    VALUES (:lab, :student, :digest, :version, 'queued')
    ON CONFLICT (lab, student) DO UPDATE SET
        digest = excluded.digest, version = excluded.version, state = 'queued',
        tries = CASE WHEN digest = excluded.digest AND version = excluded.version THEN tries ELSE 0 END,
        failures = 0, reason = '', recorded = 0
    WHERE digest <> excluded.digest OR version <> excluded.version OR state = 'could not grade' OR :again"""
_DONE = """
    UPDATE submission SET
        state = 'done', recorded = 0, reason = '', worker = '', leased = '',
        version = COALESCE(:version, version), isolation = :isolation, kernel = :kernel,
        seconds = :seconds, peak_memory = :peak_memory, finished = :finished
    WHERE lab = :lab AND student = :student AND digest = :digest"""


class Journal:
    """An open journal; a context manager.

    Args:
        path: The file; made if there is none.

    Raises:
        GraderError: Here and in all methods: the file is damaged, of a newer version, locked, or the disk is
            full. Nothing that was stored before is lost.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = open_journal_file(path)

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Makes all that is stored in the `with` block one commit, with one wait for the disk."""
        with told(self._path):
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def plan(self, lab: str, wanted: Iterable[Planned], again: Collection[str] = ()) -> list[str]:
        """Queues what has to be executed. Only a run that holds the `grading_lock` may call it.

        What is done stays so while its digest and version are the same. What could not be graded is tried
        again, and what a dead run had leased. Submissions that are not wanted stay on record as they are.

        Args:
            lab: Name of the lab.
            wanted: The submissions of this run, one per student.
            again: Students whose submissions are executed although nothing has changed.

        Returns:
            The students to run: those started least often first, so that a submission that brings down the
            whole run comes after the others; then by name.
        """
        submissions = list(wanted)
        students = {planned.student for planned in submissions}
        if len(students) < len(submissions):
            raise ValueError(f"{len(submissions)} submissions of {len(students)} students; expected one each")
        with self.transaction():
            self._db.execute(
                "UPDATE submission SET state = 'queued', worker = '', leased = ''"
                " WHERE lab = ? AND state = 'leased'",
                (lab,),
            )
            rows = ({**vars(p), "lab": lab, "again": p.student in again} for p in submissions)
            self._db.executemany(_PLAN, rows)
            queued = self._db.execute(
                "SELECT student FROM submission WHERE lab = ? AND state = 'queued' ORDER BY tries, student",
                (lab,),
            )
            return [student for (student,) in queued if student in students]

    def lease(self, lab: str, student: str, worker: str, digest: str | None = None) -> None:
        """Notes that a worker has begun with a queued submission.

        Args:
            lab: Name of the lab.
            student: The student.
            worker: Who has it.
            digest: Of what the worker got, if that may be another than what was planned.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self.transaction():
            changed = self._db.execute(
                "UPDATE submission SET state = 'leased', tries = tries + 1, worker = ?, leased = ?,"
                " digest = COALESCE(?, digest) WHERE lab = ? AND student = ? AND state = 'queued'",
                (worker, now, digest, lab, student),
            ).rowcount
            if not changed:
                raise ValueError(f"{student} is not queued in {lab}: it cannot be leased")

    def done(self, lab: str, outcome: Outcome, digest: str, version: str | None = None) -> None:
        """Stores what a submission came to; it waits for the gradebook then.

        Args:
            lab: Name of the lab.
            outcome: The outcome.
            digest: Of the submission that was executed.
            version: What it was judged with, if that is not what was planned: after judging again.
        """
        run = vars(outcome.run) if outcome.run else {}
        columns = ("isolation", "kernel", "seconds", "peak_memory", "finished")
        row = {name: run.get(name) for name in columns}
        row |= {"lab": lab, "student": outcome.student, "digest": digest, "version": version}
        with self.transaction():
            if not self._db.execute(_DONE, row).rowcount:
                raise ValueError(f"{outcome.student} did not hand in {digest[:12]} in {lab}: plan it first")
            self._db.execute(
                "INSERT OR REPLACE INTO outcome VALUES (?, ?, ?)", (lab, outcome.student, pack(outcome))
            )

    def failed(self, lab: str, student: str, reason: str, tries_allowed: int = 2) -> bool:
        """Notes that the grader failed on a submission; returns whether it is queued again.

        After the last failure that is allowed it could not be graded, which is a result without a total.
        """
        with self.transaction():
            found = self._db.execute(
                "SELECT failures FROM submission WHERE lab = ? AND student = ?"
                " AND state IN ('queued', 'leased')",
                (lab, student),
            ).fetchone()
            if found is None:
                raise ValueError(f"{student} is not to be graded in {lab}: plan it first")
            failures = found[0] + 1
            again = failures < tries_allowed
            note = f"The grader failed, which costs no points: {reason}"
            self._db.execute(
                "UPDATE submission SET state = ?, failures = ?, reason = ?, worker = '', leased = '',"
                " result = COALESCE(?, result) WHERE lab = ? AND student = ?",
                (
                    "queued" if again else "could not grade",
                    failures,
                    reason,
                    None if again else to_json(Result("could not grade", (note,))),
                    lab,
                    student,
                ),
            )
        return again

    def lost(self, lab: str, student: str, reason: str) -> None:
        """Queues a leased submission again that ended through no fault of its own: this is no failure."""
        with self.transaction():
            changed = self._db.execute(
                "UPDATE submission SET state = 'queued', reason = ?, worker = '', leased = ''"
                " WHERE lab = ? AND student = ? AND state = 'leased'",
                (reason, lab, student),
            ).rowcount
            if not changed:
                raise ValueError(f"{student} is not leased in {lab}: it cannot be lost")

    def unrecorded(self, lab: str) -> Iterator[Outcome]:
        """Yields the outcomes that are not in the gradebook yet."""
        return self._outcomes(lab, "state = 'done' AND NOT recorded")

    def recorded(self, lab: str, results: Mapping[str, Result]) -> None:
        """Notes that outcomes are in the gradebook, and what they came to there."""
        rows = [(to_json(result), lab, student) for student, result in results.items()]
        with self.transaction():
            self._db.executemany(
                "UPDATE submission SET recorded = 1, result = ?"
                " WHERE lab = ? AND student = ? AND state = 'done'",
                rows,
            )

    def record_again(self, lab: str, students: Iterable[str]) -> None:
        """Lets what is done of these students wait for the gradebook once more."""
        with self.transaction():
            self._db.executemany(
                "UPDATE submission SET recorded = 0 WHERE lab = ? AND student = ? AND state = 'done'",
                [(lab, student) for student in students],
            )

    def results(self, lab: str) -> Results:
        """Returns what is on record, by student."""
        with told(self._path):
            rows = self._db.execute(
                "SELECT student, result FROM submission WHERE lab = ? AND result IS NOT NULL"
                " ORDER BY student",
                (lab,),
            )
            try:
                return {student: from_json(text) for student, text in rows}
            except ValueError as error:
                raise damaged(self._path, error) from error

    def outcome(self, lab: str, student: str) -> Outcome | None:
        """Returns the last outcome of a student, recorded or not."""
        with told(self._path):
            row = self._db.execute(
                "SELECT data FROM outcome WHERE lab = ? AND student = ?", (lab, student)
            ).fetchone()
            try:
                return unpack(row[0]) if row else None
            except ValueError as error:
                raise damaged(self._path, error) from error

    def outcomes(self, lab: str) -> Iterator[Outcome]:
        """Yields all outcomes that are up to date, for judging again."""
        return self._outcomes(lab, "state = 'done'")

    def entries(self, lab: str) -> list[Entry]:
        """Returns where each submission stands, by student."""
        with told(self._path):
            rows = self._db.execute(
                "SELECT student, digest, version, state, tries, failures, reason, worker, leased, recorded"
                " FROM submission WHERE lab = ? ORDER BY student",
                (lab,),
            )
            return [replace(Entry(*row), recorded=bool(row[-1])) for row in rows]

    def _outcomes(self, lab: str, condition: str) -> Iterator[Outcome]:
        """Reads one after the other, so that the caller may store something meanwhile."""
        with told(self._path):
            rows = self._db.execute(
                f"SELECT student FROM submission WHERE lab = ? AND {condition} ORDER BY student", (lab,)
            ).fetchall()
        found = (self.outcome(lab, student) for (student,) in rows)
        return (outcome for outcome in found if outcome is not None)


def read_results(path: Path, lab: str) -> Results:
    """Returns what a journal has on record of a lab; nothing if there is no journal.

    Raises:
        GraderError: See `Journal`.
    """
    if not path.exists():
        return {}
    with Journal(path) as journal:
        return journal.results(lab)
