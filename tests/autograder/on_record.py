"""Short ways into what is on record, and out of it."""

from collections import Counter
from collections.abc import Iterable

from autograder.course import Course
from autograder.export import plain
from autograder.export.class_marks import class_marks
from autograder.gradebook.record import no_penalty, recorder
from autograder.gradebook.rows import Late
from autograder.journal import Journal
from autograder.outcome import Outcome
from autograder.results import Results


def record(
    course: Course, lab: str, outcomes: Iterable[Outcome], late: Late = no_penalty, patience: float = 30.0
) -> Results:
    """Records outcomes, and returns what is on record then."""
    with recorder(course, lab, late, patience) as record_some:
        return record_some(outcomes)


def to_csv(course: Course, lab: str) -> str:
    """Returns the marks of a class as plain CSV."""
    return plain(class_marks(course, lab)).text


def counts(journal: Journal, lab: str) -> Counter[str]:
    """Returns how many submissions are in each state."""
    return Counter(entry.state for entry in journal.entries(lab))
