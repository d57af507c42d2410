"""Kills a grading run at thirty moments, starts it again each time, and lets the last one come to its end.

    python -m tests.autograder.killed_runs COURSE_FOLDER OUTCOMES.json

Two of three are killed in the midst of their work, soon after the first submission; one at its beginning.
Prints how many runs were killed, and how many of them went on with work of an earlier one.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from autograder.course import Course
from autograder.gradebook.record import record_journal, recorder
from autograder.journal import Journal
from autograder.journal_entry import Planned
from autograder.lock import grading_lock
from autograder.outcome import Outcome
from tests.autograder.on_record import counts
from tests.autograder.stock_class import policy
from tests.autograder.tiny_lab import LAB

KILLS = 30
LONGEST = 0.04  # seconds after the first submission: thirty times that is too short for all the work
BEGINNING = 0.2  # seconds


def run(course: Course, outcomes: dict[str, Outcome], begun: Callable[[], object]) -> None:
    """Grades what is left, as the coordinator does: leases, stores, records."""
    with (
        grading_lock(course.root),
        Journal(course.journal) as journal,
        recorder(course, LAB, policy) as record_some,
    ):
        record_journal(journal, LAB, record_some)
        for student in journal.plan(LAB, [Planned(name, f"digest of {name}", "v") for name in outcomes]):
            journal.lease(LAB, student, "worker")
            journal.done(LAB, outcomes[student], f"digest of {student}")
            record_journal(journal, LAB, record_some)
            begun()


def main() -> None:
    course = Course(Path(sys.argv[1]))
    data = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    outcomes = {entry["student"]: Outcome(**{**entry, "notes": ()}) for entry in data}
    moments = random.Random(5)
    resumed = 0
    for kill in range(KILLS):
        with Journal(course.journal) as journal:
            done = counts(journal, LAB)["done"]
        resumed += 0 < done < len(outcomes)
        listen, say = os.pipe()
        child = os.fork()
        if not child:
            run(course, outcomes, partial(os.write, say, b"."))
            os.write(say, b".")
            signal.pause()  # a run that came to its end is killed as well
        if kill % 3:
            os.read(listen, 1)
        time.sleep(moments.uniform(0.0, LONGEST if kill % 3 else BEGINNING))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(listen)
        os.close(say)
    run(course, outcomes, lambda: None)
    print(KILLS, resumed)


if __name__ == "__main__":
    main()
