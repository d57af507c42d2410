"""Which answers of a class agree more than their exercise explains: pairs to look at, never a verdict.

An inverted index from fragments to their authors finds the pairs, so that the work grows with the class and
not with its square. A fragment that many wrote is an idiom and says nothing; rare ones count.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from autograder.report.read_answers import Answers, Prints

LEAST_FRAGMENTS = 8
"""Rare fragments that two answers must share; a formula of one line has fewer."""
LEAST_SHARE = 0.8
"""Share of the shorter answer that must be found in the other."""


@dataclass(frozen=True)
class Likeness:
    """How alike two answers are.

    Args:
        share: Share of the shorter answer's fragments that the other one has; of a student's, if the other is
            a file.
        rare: Number of shared fragments that few others wrote.
    """

    share: float
    rare: int


@dataclass(frozen=True)
class Pair:
    """Two students, or a student and a file of the repository, with answers that are alike.

    Args:
        student: The student.
        other: Another student, or the path of a file.
        is_file: Whether it is a file.
        exercises: Exercise -> how alike.
    """

    student: str
    other: str
    is_file: bool
    exercises: Mapping[str, Likeness]

    @property
    def rare(self) -> int:
        """Rare fragments shared in all exercises together."""
        return sum(likeness.rare for likeness in self.exercises.values())


@dataclass(frozen=True)
class Crowd:
    """Students with the same answer, names and layout apart, too many for pairs."""

    exercise: str
    students: tuple[str, ...]


def idiom_above(authors: int) -> int:
    """Returns how many authors a fragment may have before it is an idiom.

    A tenth of them; at least 4, so that a copy shows in a class of five; at most 50, which bounds the pairs.
    """
    return min(max(4, authors // 10), 50)


def similar_pairs(answers: Answers) -> list[Pair]:
    """Returns the pairs of a class, those that share most first."""
    found: dict[tuple[str, str, bool], dict[str, Likeness]] = defaultdict(dict)
    sources = _authors(answers.sources)
    for exercise, prints in answers.exercises.items():
        authors = _authors(prints)
        limit = idiom_above(len(prints))
        for left, right, likeness in _pairs(prints, authors, limit):
            found[left, right, False][exercise] = likeness
        for left, path, likeness in _from_sources(prints, authors, sources, limit):
            found[left, path, True][exercise] = likeness
    pairs = [Pair(*key, exercises) for key, exercises in found.items()]
    return sorted(pairs, key=lambda pair: (-pair.rare, pair.student, pair.other))


def crowds(answers: Answers) -> list[Crowd]:
    """Returns the groups whose equal answers count as an idiom, the smallest share of the class first."""
    found = []
    for exercise, prints in answers.exercises.items():
        groups: dict[frozenset[int], list[str]] = defaultdict(list)
        for student in sorted(prints):
            groups[prints[student]].append(student)
        found += [
            Crowd(exercise, tuple(students))
            for fragments, students in groups.items()
            if len(fragments) >= LEAST_FRAGMENTS and len(students) > idiom_above(len(prints))
        ]
    return sorted(found, key=lambda crowd: (len(crowd.students), crowd.exercise, crowd.students))


def _authors(prints: Prints) -> dict[int, list[str]]:
    authors: dict[int, list[str]] = defaultdict(list)
    for author in sorted(prints):
        for number in prints[author]:
            authors[number].append(author)
    return authors


def _pairs(
    prints: Prints, authors: Mapping[int, list[str]], limit: int
) -> Iterator[tuple[str, str, Likeness]]:
    for left in sorted(prints):
        lists = (authors[number] for number in prints[left])
        shared = Counter(right for some in lists if 1 < len(some) <= limit for right in some if right > left)
        for right, rare in shared.items():
            if rare >= LEAST_FRAGMENTS:
                both = len(prints[left] & prints[right])
                share = both / min(len(prints[left]), len(prints[right]))
                if share >= LEAST_SHARE:
                    yield left, right, Likeness(share, rare)


def _from_sources(
    prints: Prints, authors: Mapping[int, list[str]], sources: Mapping[int, list[str]], limit: int
) -> Iterator[tuple[str, str, Likeness]]:
    for student in sorted(prints):
        known = [number for number in prints[student] if number in sources]
        both = Counter(path for number in known for path in sources[number])
        rare = Counter(path for number in known if len(authors[number]) <= limit for path in sources[number])
        for path, count in both.items():
            share = count / len(prints[student])
            if share >= LEAST_SHARE and rare[path] >= LEAST_FRAGMENTS:
                yield student, path, Likeness(share, rare[path])
