"""Puts one student's notebook into the order that nbgrader needs, by comparison with the release.

nbgrader stops grading the whole class at one duplicated cell and skips a deleted one silently. Every repair
here gives one plain sentence for the student. The student's own code stays where it is.
"""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile

from nbformat import NotebookNode, v4
from nbgrader.utils import is_grade, is_locked, is_solution

from autograder.labs.markers import CHECK_PREFIX
from autograder.submissions.read_notebook import NotReadable, labs_named

NOTES_ID = "repair-notes"
_MARKDOWN = re.compile(r"([\\`*_<>\[\]#|])")
_FLAGS = ("grade", "solution", "locked", "points", "task")
_CHECK = re.compile(r'^check\("(\w+)"', re.MULTILINE)
# So short that answers are not alike because of it, see `similarity.LEAST_FRAGMENTS`.
_SOUGHT = "\n\n*This answer was not in its cell; a person looks for it.*"


@dataclass
class _Repair:
    """The student's cells, which release cell each is, and what was mended."""

    release: dict[str, NotebookNode]
    cells: list[NotebookNode]
    names: list[str | None] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def copies(self, name: str) -> list[int]:
        return [i for i, found in enumerate(self.names) if found == name]

    def remove(self, index: int) -> None:
        del self.cells[index], self.names[index]

    def leave_to_a_person(self, index: int, name: str) -> None:
        """Changes an untouched answer, which would get 0 points, so that a person grades it."""
        self.cells[index].source += _SOUGHT
        self.notes.append(f"The answer {name!r} was not in its cell; a person looks for it.")

    def insert(self, index: int, name: str) -> None:
        self.cells.insert(index, copy.deepcopy(self.release[name]))
        self.names.insert(index, name)


def repair(notebook: NotebookNode, release: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """Repairs a submitted notebook.

    Args:
        notebook: As `parse_notebook` gives it.
        release: The notebook that the students got.

    Returns:
        A notebook that nbgrader can grade, and a sentence for each repair.

    Raises:
        NotReadable: It is of another lab, or of none.
    """
    special = {c.metadata.nbgrader.grade_id: c for c in release.cells if "nbgrader" in c.metadata}
    cells = [copy.deepcopy(cell) for cell in notebook.cells if cell.get("id") != NOTES_ID]
    work = _Repair(special, cells)
    _recognise(work)
    _refuse_another_lab(work, labs_named(notebook), labs_named(release))
    _find_texts(work, release.cells)
    for step in (_drop_copies, _join_pieces, _restore, _put_back):
        step(work)
    _renew_ids(work)
    mended = v4.new_notebook(cells=work.cells, metadata={"kernelspec": dict(release.metadata.kernelspec)})
    return mended, work.notes


def with_notes(notebook: NotebookNode, notes: list[str]) -> NotebookNode:
    """Returns the notebook with a text cell on top that lists the notes, if there are any."""
    if not notes:
        return notebook
    lines = "\n".join("- " + _MARKDOWN.sub(r"\\\1", note) for note in notes)
    text = f"**Before grading, this notebook was repaired:**\n\n{lines}"
    return v4.new_notebook(
        cells=[v4.new_markdown_cell(text, id=NOTES_ID), *notebook.cells], metadata=notebook.metadata
    )


def _recognise(work: _Repair) -> None:
    """Finds out which release cell each cell is: by nbgrader's mark, else by cell id, text, function."""
    unknown = 0
    for cell in work.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        unknown += isinstance(name, str) and name not in work.release
        work.names.append(name if isinstance(name, str) and name in work.release else None)
    if unknown:
        work.notes.append(f"{unknown} cells carried marks of another lab; they were left as ordinary cells.")
    for name, original in work.release.items():
        if name in work.names:
            continue
        for is_it in _signs(name, original):
            found = [i for i, c in enumerate(work.cells) if work.names[i] is None and is_it(c)]
            if found:
                work.names[found[0]] = name
                work.notes.append(f"The cell {name!r} had lost its marks; they were restored.")
                break


def _signs(name: str, original: NotebookNode) -> list[Callable[[NotebookNode], bool]]:
    """How to recognise a cell without nbgrader's marks, the surest sign first."""
    signs: list[Callable[[NotebookNode], bool]] = [lambda cell: bool(cell.get("id") == original.id)]
    if is_locked(original):
        signs.append(lambda cell: bool(cell.source.strip() == original.source.strip()))
    elif original.cell_type == "code":
        definition = re.compile(rf"^def {re.escape(name)}\b", re.MULTILINE)
        signs.append(lambda cell: bool(cell.cell_type == "code" and definition.search(cell.source)))
    return signs


def _refuse_another_lab(work: _Repair, named: list[str], this: list[str]) -> None:
    """Stops at a notebook of another lab, which may have cells of the same names as this one.

    Whoever hands in most of this lab's cells hands in this lab, even in a copy of another's file. Fewer may
    be what is left of it; then the labs that the notebook names count, and the names of its other cells.
    """
    known = {name for name in work.names if name}
    if 2 * len(known) >= len(work.release):
        return
    others = [lab for lab in named if lab not in this]
    if _strange_names(work) > len(known) or (others and len(others) == len(named)):
        sign = f"it seems to be of {others[0]}." if others else "most of its cells are not of this one."
        raise NotReadable(f"This is the notebook of another lab: {sign}")
    if not known:
        raise NotReadable("This is another notebook: none of its cells belong to this lab.")


def _strange_names(work: _Repair) -> int:
    """How many names of cells there are that this lab does not have: in marks, and in calls of checks."""
    marks = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in work.cells]
    calls = [CHECK_PREFIX + name for cell in work.cells for name in _CHECK.findall(cell.source)]
    return len({name for name in marks + calls if isinstance(name, str)} - work.release.keys())


def _find_texts(work: _Repair, released: list[NotebookNode]) -> None:
    """Gives the mark of a written answer that is missing or untouched to the student's text in its place."""
    marked = {cell.metadata.get("nbgrader", {}).get("grade_id"): i for i, cell in enumerate(released)}
    plain = {_words(cell): i for i, cell in enumerate(released) if "nbgrader" not in cell.metadata}
    pairs = zip(work.names, work.cells, strict=True)
    places = [marked[name] if name else plain.get(_words(cell)) for name, cell in pairs]
    for name, original in work.release.items():
        copies, stub = work.copies(name), _words(original)
        if not _is_written(original) or any(_words(work.cells[i]) != stub for i in copies):
            continue
        around = (i for i in _beside(places, marked[name]) if work.cells[i].cell_type == "markdown")
        texts = [i for i in around if _words(work.cells[i])]
        own = [i for i in texts if _words(work.cells[i]) != stub]
        free = [i for i in own or texts if work.names[i] is None]  # an earlier answer may have taken it
        if own and free:
            work.notes.append(f"The answer {name!r} was not in its cell; the text in its place was taken.")
            for index in copies:
                work.names[index] = None
            for index in free:
                work.names[index] = name
        elif own and copies:
            work.leave_to_a_person(copies[0], name)
        elif free and not copies:
            work.notes.append(f"The cell {name!r} had lost its marks; they were restored.")
            work.names[free[0]] = name


def _beside(places: list[int | None], place: int) -> list[int]:
    """Returns the student's own cells around a cell of the release, or behind the one before a missing one.

    Places are those in the release; the student's own cells have none.
    """
    here = [i for i, known in enumerate(places) if known == place]
    before = [(known, i) for i, known in enumerate(places) if known is not None and known < place]
    last = here[-1] if here else max(before, default=(0, -1))[1]
    behind = takewhile(lambda i: places[i] is None, range(last + 1, len(places)))
    above = takewhile(lambda i: places[i] is None, range(here[0] - 1, -1, -1)) if here else ()
    return sorted([*above, *behind])


def _is_written(original: NotebookNode) -> bool:
    """Whether students write into the cell what a person grades."""
    return bool(is_grade(original) and is_solution(original))


def _words(cell: NotebookNode) -> str:
    return " ".join(cell.source.split())


def _drop_copies(work: _Repair) -> None:
    """Keeps the first of several copies of a read-only cell."""
    for name, original in work.release.items():
        extra = work.copies(name)[1:] if is_locked(original) else []
        for index in reversed(extra):
            work.remove(index)
        if extra:
            what = "The check" if is_grade(original) else "The read-only cell"
            work.notes.append(f"{what} {name!r} was there {len(extra) + 1} times; the first one counts.")


def _join_pieces(work: _Repair) -> None:
    """Of several cells with one answer's mark keeps all, and the mark on the first that was changed."""
    for name, original in work.release.items():
        pieces = work.copies(name) if is_solution(original) else []
        if len(pieces) < 2:
            continue
        changed = [i for i in pieces if work.cells[i].source.strip() != original.source.strip()]
        marked = (changed or pieces)[0]
        for index in pieces:
            if index != marked:
                work.names[index] = None
        if is_grade(original):  # a written answer: who grades it must see it in one piece
            texts = [work.cells[i].source for i in changed]
            work.cells[marked].source = "\n\n".join(texts) or original.source
        work.notes.append(f"The answer {name!r} stood in {len(pieces)} cells; all of them were kept.")


def _restore(work: _Repair) -> None:
    """Gives every cell of the release its kind, its marks and, if it is read-only, its text."""
    for index, name in enumerate(work.names):
        cell = work.cells[index]
        if name is None:
            cell.metadata = NotebookNode()
            continue
        original = work.release[name]
        marks = cell.metadata.get("nbgrader", {})
        if cell.cell_type != original.cell_type:
            work.notes.append(f"The cell {name!r} had become a {cell.cell_type} cell; it was turned back.")
        elif marks and any(_flag(marks, f) != _flag(original.metadata.nbgrader, f) for f in _FLAGS):
            work.notes.append(f"The marks of the cell {name!r} differed from the lab's; they were restored.")
        mended = copy.deepcopy(original)
        if not is_locked(original):
            mended.source = cell.source
        elif cell.source.strip() != original.source.strip():
            work.notes.append(f"The read-only cell {name!r} differed from the lab's; the lab's counts.")
        work.cells[index] = mended


def _flag(marks: NotebookNode, name: str) -> object:
    return marks.get(name) or 0  # an absent flag is a false one


def _put_back(work: _Repair) -> None:
    """Puts read-only and graded cells that are missing, or stand before their answer, where they belong."""
    before: str | None = None
    answer: str | None = None
    for name, original in work.release.items():
        places = work.copies(name)
        answers = work.copies(answer) if answer else []
        if places and is_locked(original) and is_grade(original) and answers and places[0] < answers[-1]:
            work.remove(places[0])
            work.insert(_place_after(work, answers[-1] - 1), name)
            work.notes.append(f"The check {name!r} stood before its answer; it was moved behind it.")
        elif not places and (is_locked(original) or is_grade(original)):
            anchor = work.copies(before)[-1] if before else -1
            place = _first_code(work) if before is None else _place_after(work, anchor)
            work.insert(place, name)
            if _is_written(original):
                work.leave_to_a_person(place, name)
            else:
                work.notes.append(f"The cell {name!r} was missing; it was put back.")
        elif not places:
            work.notes.append(f"The cell for the answer {name!r} was deleted.")
            continue
        before = name
        if is_solution(original):
            answer = name


def _first_code(work: _Repair) -> int:
    return next((i for i, cell in enumerate(work.cells) if cell.cell_type == "code"), 0)


def _place_after(work: _Repair, anchor: int) -> int:
    """The place behind a cell and behind the student's own code that directly follows it."""
    place = anchor + 1
    last = place
    while place < len(work.cells) and work.names[place] is None:
        place += 1
        if work.cells[place - 1].cell_type == "code":
            last = place
    return last


def _renew_ids(work: _Repair) -> None:
    """Gives the release's cells their own ids back, and another to whoever else has one of them."""
    reserved = {original.id for original in work.release.values()}
    taken = reserved | {cell.id for cell in work.cells}
    for number, (cell, name) in enumerate(zip(work.cells, work.names, strict=True)):
        if name is None and cell.id in reserved:
            identity = f"own-{number}"
            while identity in taken:
                identity += "x"
            cell.id = identity
            taken.add(identity)
