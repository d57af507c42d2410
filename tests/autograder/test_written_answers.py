"""Written answers that are not where they belong: a person sees them, and none gets 0 points unseen."""

import copy

import nbformat
import pytest
from nbformat import v4
from nbgrader.api import Gradebook

from autograder import grade
from autograder.course import REPOSITORY
from autograder.feedback.pages import write_feedback
from autograder.labs import build
from autograder.report.fingerprints import fingerprint, fragments, word_tokens
from autograder.report.similarity import LEAST_FRAGMENTS
from autograder.submissions.repair import repair
from tests.autograder.fake_grading import pretend
from tests.autograder.tiny_lab import CHECKS, LAB, cell_of, hand_in, position

STUB = "YOUR ANSWER HERE"
SOUGHT = "The answer 'why' was not in its cell; a person looks for it."
TAKEN = "The answer 'why' was not in its cell; the text in its place was taken."
PUT_BACK = f"{STUB}\n\n*This answer was not in its cell; a person looks for it.*"
RESTORED = "The cell 'why' had lost its marks; they were restored."


def text(source, number=0):
    return v4.new_markdown_cell(source, id=f"own-text-{number}")


def strip(notebook):
    for number, cell in enumerate(notebook.cells):
        cell.metadata, cell.id = {}, f"x{number}"
    return notebook


def replaced(notebook, *sources):
    """The student deleted the answer's cell and wrote into cells of her own."""
    at = position(notebook, "why")
    notebook.cells[at : at + 1] = [text(source, number) for number, source in enumerate(sources)]
    return notebook


def beside(notebook, *sources, above=False):
    """The student left the answer's cell as it was and wrote into cells above or below it."""
    cell_of(notebook, "why").source = STUB
    at = position(notebook, "why") + (not above)
    notebook.cells[at:at] = [text(source, number) for number, source in enumerate(sources)]
    return notebook


def without(notebook):
    del notebook.cells[position(notebook, "why")]
    return notebook


def untouched(notebook):
    cell_of(notebook, "why").source = STUB
    return notebook


# How it is handed in -> what stands in the answer's cell then, whether a person gives the points, the note.
CASES = {
    "as it should be": (lambda n: n, "It is cheap.", True, None),
    "untouched": (untouched, STUB, False, None),
    "untouched, with an own title": (lambda n: beside(n, "", "  \n"), STUB, False, None),
    "stripped": (strip, "It is cheap.", True, TAKEN),
    "stripped and untouched": (lambda n: strip(untouched(n)), STUB, False, RESTORED),
    "in an own cell": (lambda n: replaced(n, "Cheap."), "Cheap.", True, TAKEN),
    "in two own cells": (lambda n: replaced(n, "Cheap.", "", "Small."), "Cheap.\n\nSmall.", True, TAKEN),
    "below": (lambda n: beside(n, "Cheap."), "Cheap.", True, TAKEN),
    "above": (lambda n: beside(n, "Cheap.", above=True), "Cheap.", True, TAKEN),
    "below, and stripped": (lambda n: strip(beside(n, "Cheap.")), "Cheap.", True, TAKEN),
    "missing": (without, PUT_BACK, True, SOUGHT),
    "missing, and stripped": (lambda n: strip(without(n)), PUT_BACK, True, SOUGHT),
}


def test_a_class_of_all_these(course, solved, monkeypatch, tmp_path):
    pretend(monkeypatch)
    monkeypatch.setattr(build, "known_checks", lambda: CHECKS)
    for student, (change, *_) in CASES.items():
        hand_in(tmp_path / "class", student, change(copy.deepcopy(solved)))
    results = grade.grade(course, LAB, tmp_path / "class")
    with Gradebook(course.database) as gradebook:
        for student, (_, answer, by_hand, note) in CASES.items():
            found = gradebook.find_grade("why", LAB, LAB, student)
            expected = (None, True) if by_hand else (0, False)
            assert (found.auto_score, found.needs_manual_grade) == expected, student
            assert (results[student].waiting, results[student].total) == (2 * by_hand, 4), student
            assert note is None or note in results[student].notes, student
            graded = nbformat.read(course.notebook("autograded", LAB, student), 4)
            assert cell_of(graded, "why").source == answer, student
    pages = {page.parts[-3]: page.read_text() for page in write_feedback(course, LAB)}
    assert "This answer was not in its cell; a person looks for it." in pages["missing"]


@pytest.mark.parametrize("case", CASES)
def test_the_mended_notebook_stays_as_it_is(solved, release, case):
    mended, _ = repair(CASES[case][0](solved), release)
    again, notes = repair(mended, release)
    assert notes == []
    assert again == mended


def test_text_elsewhere_is_not_the_answer(solved, release):
    untouched(solved).cells.insert(position(solved, "conv_macs"), text("My notes."))
    solved.cells[0].source = "My title."
    mended, notes = repair(solved, release)
    assert notes == []
    assert cell_of(mended, "why").source == STUB


def test_a_deleted_answer_is_put_back_in_its_place(solved, release):
    mended, notes = repair(without(solved), release)
    assert notes == [SOUGHT]
    assert [c.id for c in mended.cells] == [c.id for c in release.cells]
    assert cell_of(mended, "why").metadata == cell_of(release, "why").metadata


def test_an_own_cell_is_no_answer_where_the_answer_is_written(solved, release):
    solved.cells += [text("A remark.")]
    mended, notes = repair(solved, release)
    assert notes == []
    assert cell_of(mended, "why").source == "It is cheap."


def vgg():
    """Lab 2 has two written answers, with nothing but the second question's text between them."""
    path = REPOSITORY / "labs" / "lab02_vgg" / "lab02_vgg.ipynb"
    return nbformat.read(path, as_version=4), nbformat.read(path, as_version=4)


def test_two_answers_without_marks_keep_their_order():
    handed_in, release = vgg()
    cell_of(handed_in, "why_principled").source = "Rules."
    cell_of(handed_in, "what_the_audit_teaches").source = "Totals."
    mended, _ = repair(strip(handed_in), release)
    assert cell_of(mended, "why_principled").source == "Rules."
    assert cell_of(mended, "what_the_audit_teaches").source == "Totals."


def test_the_text_of_the_lab_itself_is_no_answer():
    handed_in, release = vgg()
    mended, notes = repair(strip(handed_in), release)
    assert cell_of(mended, "why_principled").source == STUB
    assert cell_of(mended, "what_the_audit_teaches").source == STUB
    assert not any("the text in its place" in note for note in notes)


def test_text_between_two_untouched_answers_lets_a_person_see_both():
    handed_in, release = vgg()
    question = handed_in.cells[position(handed_in, "what_the_audit_teaches") - 1]
    question.source += "\n\nIt teaches that totals hide layers."
    mended, notes = repair(handed_in, release)
    assert cell_of(mended, "why_principled").source == question.source
    assert cell_of(mended, "what_the_audit_teaches").source == PUT_BACK
    assert [note.partition(";")[0] for note in notes] == [
        "The answer 'why_principled' was not in its cell",
        "The answer 'what_the_audit_teaches' was not in its cell",
    ]


def test_what_is_put_back_makes_no_answers_alike(solved, release):
    mended, _ = repair(without(solved), release)
    tokens = word_tokens(cell_of(mended, "why").source)
    assert len(fingerprint(fragments(tokens))) < LEAST_FRAGMENTS
