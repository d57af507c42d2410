"""Files of grades: Canvas, Moodle and a spreadsheet read what the gradebook says, and nothing is lost."""

import csv
import io
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import numpy as np
import pytest
from nbgrader.api import Gradebook
from sqlalchemy import event
from sqlalchemy.engine import Engine

from autograder import cli
from autograder.errors import GraderError
from autograder.export import FORMATS, canvas, current_results, moodle, plain
from autograder.export.class_marks import ClassMarks, class_marks
from autograder.export.file import safe, to_text
from autograder.journal import read_results
from autograder.late.policy import FILE
from autograder.results import Result, Run
from tests.autograder.graded_class import CELLS, Student, fill, put_on_record
from tests.autograder.lms_importers import canvas_import, moodle_grade_import, moodle_worksheet_import
from tests.autograder.tiny_lab import LAB

DUE = datetime(2026, 10, 1, 21, 59)
POLICY = f"""
[{LAB}]
due = 2026-10-01T23:59:00+02:00
policy = "percent"
percent_per_day = 7.5
"""
SQL = """
select s.student_id, sum(coalesce(g.manual_score, g.auto_score, 0) + coalesce(g.extra_credit, 0)),
       coalesce(n.late_submission_penalty, 0)
from grade g join submitted_notebook n on g.notebook_id = n.id
             join submitted_assignment s on n.assignment_id = s.id
             join assignment a on s.assignment_id = a.id
where a.name = ? group by s.student_id, n.late_submission_penalty
"""
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Notes,Lab 2 (77),lab90_tiny (78),Current Score
,,,,,,,Manual Posting,
    Points Possible,,,,,,5.00,6.00,(read only)
"Lovelace, Ada",11,S-0011,ada,"A and B",,4.00,,80
"Hopper, Grace",12,S-0012,grace@example.org,A,,,3.00,
"Turing, Alan",13,007,alan,A,,N/A,N/A,
"=HYPERLINK(""x""), Eve",14,S-0014,-eve,A,,,,
"Twin, Sam",15,S-0015,sam1,A,,,,
"Twin, Sam",16,S-0016,sam2,A,,,,
"""
PEOPLE = {
    11: ("Lovelace, Ada", "S-0011", "ada"),
    12: ("Hopper, Grace", "S-0012", "grace@example.org"),
    13: ("Turing, Alan", "007", "alan"),
    14: ('=HYPERLINK("x"), Eve', "S-0014", "-eve"),
    15: ("Twin, Sam", "S-0015", "sam1"),
    16: ("Twin, Sam", "S-0016", "sam2"),
}
MOODLE = """\
Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade),Feedback comments
Participant 501,Ada Lovelace,ada@example.org,Submitted for grading,,6.00,Yes,-,
Participant 502,Grace Hopper,grace@example.org,Submitted for grading,2.00,6.00,Yes,"Friday, 2 October 2026, 9:00 AM",<p>lab90_tiny: 2 of 6 points.</p>
Participant 503,Alan Turing,alan@example.org,No submission,,6.00,Yes,-,<p>See me.</p>
Participant 504,=Eve,eve@example.org,No submission,,6.00,Yes,-,
"""  # noqa: E501  as Moodle writes it


def scores(*points):
    return dict(zip(CELLS, points, strict=True))


@pytest.fixture
def small(course):
    """Two students with grades, one of whom was late; one that could not be graded, one not readable."""
    (course.root).mkdir()
    (course.root / FILE).write_text(POLICY)
    students = {
        "ada": Student(scores(1.0, 1.0, 2.0, None), DUE),
        "grace@example.org": Student(scores(1.0, 0.0, 2.0, 1.5), DUE + timedelta(days=1, hours=3)),
        "alan": Student(scores(1.0, None, 2.0, 2.0)),
    }
    fill(course, students)
    record = read_results(course.journal, LAB)
    broken = Result("not readable", ("The file seems to be cut off.",))
    put_on_record(course, record | {"-eve": broken})
    return course


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def roster(course, text, encoding="utf-8"):
    path = course.root / "roster.csv"
    path.write_text(text, encoding=encoding)
    return path


def encoded(export):
    return export.text.encode(export.encoding)


def test_totals_are_those_of_an_independent_query(course):
    draw = np.random.default_rng(11)
    students = {
        f"s{i}": Student(
            {name: most * draw.integers(9) / 8 for name, most in CELLS.items()},
            DUE + timedelta(hours=float(draw.uniform(-100, 400))),
        )
        for i in range(60)
    }
    fill(course, students)
    with Gradebook(course.database) as gradebook:
        for i in range(0, 60, 7):
            grade = gradebook.find_grade("why", LAB, LAB, f"s{i}")
            grade.manual_score, grade.extra_credit = 1.25, 0.5
        gradebook.db.commit()
    (course.root / FILE).write_text(POLICY)
    marks = class_marks(course, LAB)
    with closing(sqlite3.connect(course.root / "gradebook.db")) as gradebook:
        expected = {student: (score, late) for student, score, late in gradebook.execute(SQL, [LAB])}
    assert len(expected) == 60
    assert sum(late > 0 for _, late in expected.values()) > 20
    for row in rows(plain(marks).text):
        score, late = expected[row["student"]]
        assert float(row["late_penalty"]) == pytest.approx(late, abs=1e-5)
        assert float(row["total"]) == pytest.approx(score - late, abs=1e-5)
        assert sum(float(row[name]) for name in marks.most) == pytest.approx(score)
    heading = {s: result.total for s, result in marks.results.items()}
    assert heading == {s: pytest.approx(max(0, score - late)) for s, (score, late) in expected.items()}


def test_plain(small):
    export = plain(class_marks(small, LAB))
    by_name = {row["student"]: row for row in rows(export.text)}
    assert by_name["grace@example.org"] == {
        "student": "grace@example.org", "status": "graded", "total": "3.6", "max": "6", "by_hand": "0",
        "late_penalty": "0.9", "conv_params": "1", "conv_macs": "0", "test_plain": "2", "why": "1.5",
        "notes": "",
    }  # fmt: skip
    assert (by_name["alan"]["total"], by_name["alan"]["late_penalty"], by_name["alan"]["why"]) == (
        "",
        "",
        "2",
    )
    assert by_name["'-eve"]["total"] == ""
    assert export.remarks == (
        "-eve has no grade, not readable: The file seems to be cut off.",
        "alan has no grade, could not grade: conv_macs: there is no verdict",
        "1 total may still rise: a person has yet to give points (Manual Grading)",
        "1 submission without timestamp.txt, taken as on time",
    )
    assert encoded(export).startswith(b"\xef\xbb\xbfstudent,")


def test_who_was_graded_with_an_earlier_version_of_the_lab_is_told():
    def graded(hour, lab):
        run = Run("none", "cold", 1.0, 1.0, 0, f"2026-10-01T{hour:02}:00:00+00:00", "grader", lab)
        return Result("graded", total=1.0, run=run)

    results = {"ada": graded(9, "first"), "bob": graded(10, "second"), "cy": Result("not readable")}
    told = f"graded with another version of the lab than the last one: ada; python -m autograder grade {LAB}"
    assert plain(ClassMarks(LAB, {}, results)).remarks[1].startswith(told)
    results["ada"] = graded(11, "second")
    assert len(plain(ClassMarks(LAB, {}, results)).remarks) == 1


def test_a_class_without_time_stamps_is_not_silently_on_time(course):
    fill(course, {"ada": Student(), "bob": Student()})
    assert not class_marks(course, LAB).undated
    (course.root / FILE).write_text(POLICY)
    assert "2 submissions without timestamp.txt, taken as on time" in plain(class_marks(course, LAB)).remarks


def test_who_was_graded_by_stock_nbgrader_alone_is_in_the_file(course):
    fill(course, {"ada": Student()}, record=False)
    result = current_results(course, LAB)["ada"]
    assert (result.status, result.total) == ("graded", 6)
    assert {name: check.outcome for name, check in result.checks.items()} == {
        "conv_params": "passed", "conv_macs": "passed", "test_plain": "passed", "why": "by hand",
    }  # fmt: skip


def test_a_recorded_verdict_gives_way_to_a_later_score(small):
    with Gradebook(small.database) as gradebook:
        gradebook.find_grade("check_conv_macs", LAB, LAB, "alan").auto_score = 1
        gradebook.db.commit()
    result = current_results(small, LAB)["alan"]
    assert (result.status, result.total, result.checks["conv_macs"].outcome) == ("graded", 6, "passed")


def test_a_larger_class_takes_no_more_queries(course):
    (course.root).mkdir()
    (course.root / FILE).write_text(POLICY)

    def statements(count, first):
        fill(course, {f"{first}{i}": Student(handed_in=DUE + timedelta(hours=30)) for i in range(count)})
        seen = []
        event.listen(Engine, "before_cursor_execute", record := lambda *call: seen.append(call[2]))
        try:
            class_marks(course, LAB)
        finally:
            event.remove(Engine, "before_cursor_execute", record)
        return len(seen)

    assert statements(2, "a") == statements(50, "b") > 0


def test_nobody_graded(course):
    with pytest.raises(GraderError, match="nobody was graded in lab90_tiny yet"):
        class_marks(course, LAB)


@pytest.mark.parametrize("per_check", [False, True])
def test_canvas_with_its_roster(small, per_check):
    export = canvas(class_marks(small, LAB), roster(small, CANVAS), None, per_check)
    possible, grades = canvas_import(encoded(export), PEOPLE)
    assert possible["lab90_tiny (78)"] == "6.00"
    assert {who: grade for (heading, who), grade in grades.items() if heading == "lab90_tiny (78)"} == {
        11: "4", 12: "3.6", 13: "N/A", 14: "", 15: "", 16: "",
    }  # fmt: skip
    assert export.unplaced == ()
    assert "2 students of the roster have no submission; the roster's cells are kept" in export.remarks
    checks = [heading for heading in possible if ": " in heading]
    assert checks == ([f"{LAB}: {n.removeprefix('check_')}" for n in CELLS] if per_check else [])
    if per_check:
        assert (possible[f"{LAB}: why"], grades[f"{LAB}: why", 12]) == ("2", "1.5")
        assert {grades[heading, 13] for heading in checks} == {""}


def test_canvas_keeps_the_columns_of_who_is_who(small):
    export = canvas(class_marks(small, LAB), roster(small, CANVAS))
    before, after = rows(CANVAS), rows(export.text)
    before = [row for row in before if row["ID"]]
    assert [[row[c] for c in ("ID", "SIS User ID", "SIS Login ID", "Section")] for row in after[1:]] == [
        [row[c] for c in ("ID", "SIS User ID", "SIS Login ID", "Section")] for row in before
    ]
    assert after[4]["Student"] == '\'=HYPERLINK("x"), Eve'
    assert list(after[0]) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "lab90_tiny (78)"]


def test_canvas_without_a_roster_takes_folders_for_logins(small):
    export = canvas(class_marks(small, LAB))
    possible, grades = canvas_import(encoded(export), PEOPLE)
    assert possible == {LAB: "6"}
    assert {who: grade for (_, who), grade in grades.items()} == {11: "4", 12: "3.6", 13: "", 0: ""}
    assert "'-eve' is no login name of Canvas's" in export.remarks
    assert not encoded(export).startswith(b"\xef\xbb\xbf")


def test_canvas_finds_the_students_of_its_own_files(course):
    """`jonesada_15` is a login name like any other, unless the line of that number has the name, too."""
    fill(course, {name: Student() for name in ("lovelaceada_11", "twinsam_16", "jonesada_15")})
    export = canvas(class_marks(course, LAB), roster(course, CANVAS))
    _, grades = canvas_import(encoded(export), PEOPLE)
    assert {who for (_, who), grade in grades.items() if grade == "6"} == {11, 16}
    assert export.unplaced == ("jonesada_15 is not in the roster: 6 of 6 points",)


def test_canvas_takes_a_title(small):
    marks = class_marks(small, LAB)
    export = canvas(marks, roster(small, CANVAS), "Lab 2")
    assert rows(export.text)[1]["Lab 2 (77)"] == "4"
    assert "'Lab 2 (77)' has 5.00 points possible in Canvas, 6 here" in export.remarks
    for possible, differs in (("6", False), ("6,00", False), ("60.00", True), ("", False)):
        remarks = canvas(marks, roster(small, CANVAS.replace("6.00", f'"{possible}"'))).remarks
        assert any("points possible" in remark for remark in remarks) == differs
    export = canvas(marks, roster(small, CANVAS), "Lab 9")
    assert rows(export.text)[1]["Lab 9"] == "4"
    assert "the roster has no column 'Lab 9': Canvas will ask whether to make one" in export.remarks
    twice = CANVAS.replace("Lab 2 (77)", "lab90_tiny (79)")
    with pytest.raises(
        GraderError, match=r"several columns .* --title: lab90_tiny \(79\), lab90_tiny \(78\)"
    ):
        canvas(marks, roster(small, twice))
    assert rows(canvas(marks, roster(small, twice), "lab90_tiny (79)").text)[1]["lab90_tiny (79)"] == "4"


def test_marks_without_a_place_are_told(course):
    names = ["ada", "ADA ", "Sam Twin", "nobody", "Grace Hopper"]
    fill(course, {name.strip(): Student() for name in names})
    export = canvas(class_marks(course, LAB), roster(course, CANVAS))
    assert export.unplaced == (
        "ADA is one of several submissions that fit the same line of the roster: 6 of 6 points",
        "Sam Twin fits 2 lines of the roster: 6 of 6 points",
        "ada is one of several submissions that fit the same line of the roster: 6 of 6 points",
        "nobody is not in the roster: 6 of 6 points",
    )
    _, grades = canvas_import(encoded(export), PEOPLE)
    assert {who for (_, who), grade in grades.items() if grade == "6"} == {12}


@pytest.mark.parametrize(("separator", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-8"), (",", "utf-8-sig")])
def test_rosters_with_other_separators_and_marks(small, separator, encoding):
    lines = csv.reader(io.StringIO(CANVAS.replace("Turing", "Türing")))
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(lines)
    export = canvas(class_marks(small, LAB), roster(small, text.getvalue(), encoding))
    assert rows(export.text)[1]["lab90_tiny (78)"] == "4"
    assert "Türing, Alan" in export.text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        (
            "name,mail\na,b",
            "is not a gradebook that Canvas exported: its columns are name, mail; expected Student",
        ),
        ("Student,ID,ID,Section\n", "has two columns 'ID'"),
    ],
)
def test_wrong_rosters_are_told(small, text, message):
    with pytest.raises(GraderError, match=message):
        canvas(class_marks(small, LAB), roster(small, text))


def test_rosters_that_cannot_be_read_are_told(small, tmp_path):
    marks = class_marks(small, LAB)
    with pytest.raises(GraderError, match=r"none\.csv cannot be read: No such file"):
        canvas(marks, tmp_path / "none.csv")
    with pytest.raises(GraderError, match="is not in UTF-8"):
        canvas(marks, roster(small, CANVAS.replace("Ada", "Adä"), "latin-1"))
    with pytest.raises(GraderError, match=r"no column 'Identifier'.* with Moodle in English"):
        moodle(marks, roster(small, MOODLE.replace("Identifier", "ID")))


def moodle_class(course):
    (course.root).mkdir()
    (course.root / FILE).write_text(POLICY)
    students = {
        "Ada Lovelace_501_assignsubmission_file_": Student(scores(1.0, 1.0, 2.0, None), DUE),
        "Grace@Example.org": Student(scores(1.0, 0.0, 2.0, 1.5), DUE + timedelta(days=1, hours=3)),
        "alan turing": Student(scores(1.0, 1.0, 2.0, 2.0), DUE),
        "eve@example.org": Student(scores(1.0, None, 2.0, 2.0), DUE),
    }
    fill(course, students)
    return class_marks(course, LAB)


def test_moodle_with_its_worksheet(course):
    export = moodle(moodle_class(course), roster(course, MOODLE), per_check=True)
    grades, comments = moodle_worksheet_import(encoded(export), {501, 502, 503, 504}, 6)
    assert grades == {501: 4, 502: 3.6, 503: 6}
    assert comments[501] == (
        "lab90_tiny: 4 of 6 points. "
        "conv_params 1 of 1; conv_macs 1 of 1; test_plain 2 of 2; why not yet of 2."
    )
    assert comments[502].startswith(
        "lab90_tiny: 3.6 of 6 points. 0.9 points were subtracted for handing in late. conv_params 1 of 1;"
    )
    assert comments[503] == "<p>See me.</p>"
    assert "1 feedback comments that somebody wrote were kept" in export.remarks
    assert comments[504] == ""
    before, after = rows(MOODLE), rows(export.text)
    for column in ("Identifier", "Email address", "Maximum Grade", "Last modified (grade)"):
        assert [row[column] for row in before] == [row[column] for row in after]
    assert after[3]["Full name"] == "'=Eve"
    assert export.unplaced == ()
    assert not encoded(export).startswith(b"\xef\xbb\xbf")


def test_a_text_that_was_written_online_takes_nobodys_place(course):
    """Moodle hands out a folder for the student's file and one for the text."""
    fill(course, {"Ada Lovelace_501_assignsubmission_file_": Student(), "eve@example.org": Student()})
    text = Result("not readable", (f"There is no {LAB}.ipynb (found: onlinetext.html).",))
    others = {f"Ada Lovelace_501_assignsubmission_{kind}_": text for kind in ("comments", "onlinetext")}
    put_on_record(course, others | {"Alan Turing_503_assignsubmission_onlinetext_": text})
    export = moodle(class_marks(course, LAB), roster(course, MOODLE))
    grades, comments = moodle_worksheet_import(encoded(export), {501, 502, 503, 504}, 6)
    assert grades == {501: 6, 502: 2, 504: 6}
    assert comments[501] == f"{LAB}: 6 of 6 points."
    assert export.unplaced == ()
    assert "1 student of the roster has no submission; the worksheet's lines are kept" in export.remarks


@pytest.mark.parametrize(
    ("name", "placed"), [("Ada Lovelace", True), ("LOVELACE Ada M.", True), ("Team A", False)]
)
def test_a_teams_number_is_no_participants(course, name, placed):
    folder = f"{name}_501_assignsubmission_file_"
    fill(course, {folder: Student()})
    export = moodle(class_marks(course, LAB), roster(course, MOODLE))
    assert (rows(export.text)[0]["Grade"] == "6") == placed
    assert export.unplaced == (() if placed else (f"{folder} is not in the roster: 6 of 6 points",))
    blind = MOODLE.replace("Full name", "Name").replace("Full name,", "")
    export = moodle(class_marks(course, LAB), roster(course, blind))
    assert rows(export.text)[0]["Grade"] == "6"  # it says no names


def test_two_grades_still_contest_a_line(course):
    folders = [f"Ada Lovelace_501_assignsubmission_{kind}_" for kind in ("file", "onlinetext")]
    fill(course, {name: Student() for name in folders})
    put_on_record(course, {"ada lovelace": Result("not readable")})
    export = moodle(class_marks(course, LAB), roster(course, MOODLE))
    assert moodle_worksheet_import(encoded(export), {501, 502, 503, 504}, 6)[0] == {502: 2}
    assert export.unplaced == tuple(
        f"{name} is one of several submissions that fit the same line of the roster: 6 of 6 points"
        for name in folders
    )


def test_moodle_passes_over_what_is_above_its_maximum(course):
    export = moodle(moodle_class(course), roster(course, MOODLE.replace("6.00", "5.00")))
    grades, _ = moodle_worksheet_import(encoded(export), {501, 502, 503, 504}, 5)
    assert 503 not in grades
    assert export.unplaced == ("alan turing is above the worksheet's maximum, 5: 6 of 6 points",)
    assert any(
        remark.startswith("the worksheet's maximum is 5.00, the lab's 6;") for remark in export.remarks
    )


def test_moodle_without_a_worksheet(small):
    export = moodle(class_marks(small, LAB))
    assert moodle_grade_import(encoded(export), {"ada", "grace@example.org", "alan", "-eve"}) == {
        "ada": 4, "grace@example.org": 3.6,
    }  # fmt: skip
    assert list(rows(export.text)[0]) == ["Username", LAB, f"{LAB} (feedback)"]
    assert any(remark.startswith("alan has no grade, could not grade") for remark in export.remarks)


def test_moodle_takes_addresses_for_addresses(course):
    fill(course, {"ada@example.org": Student(), "bob@example.org": Student()})
    assert rows(moodle(class_marks(course, LAB), None, "Lab 9").text)[1] == {
        "Email address": "bob@example.org", "Lab 9": "6", "Lab 9 (feedback)": f"{LAB}: 6 of 6 points.",
    }  # fmt: skip


def test_moodle_needs_the_worksheet_for_its_own_folders(course):
    with pytest.raises(GraderError, match=r"by which Grades → Import finds nobody; give .* by --roster"):
        moodle(moodle_class(course))


def test_feedback_is_html_for_moodle(course):
    fill(course, {"ada": Student()})
    record = read_results(course.journal, LAB)["ada"]
    put_on_record(course, {"ada": Result("graded", ("<b>1 < 2</b>",), record.checks, 6)})
    assert "&lt;b&gt;1 &lt; 2&lt;/b&gt;" in moodle(class_marks(course, LAB)).text


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@a", "\ta"])
@pytest.mark.parametrize("form", FORMATS)
def test_no_cell_is_a_formula(course, name, form):
    fill(course, {name: Student()})
    text = FORMATS[form](class_marks(course, LAB)).text
    cells = [cell for line in csv.reader(io.StringIO(text, newline="")) for cell in line]
    assert f"'{name}" in cells
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t")]


def test_the_command_line(small, monkeypatch, capsys, tmp_path):
    def run(*arguments):
        monkeypatch.setattr(cli, "Course", lambda root=small.root: small)
        status = cli.main([str(a) for a in arguments])
        return status, capsys.readouterr()

    target = tmp_path / "grades.csv"
    path = roster(small, CANVAS)
    status, printed = run("export", "lab90", "--format", "canvas", "--roster", path, "--output", target)
    assert (status, printed.out) == (0, f"wrote {target}\n")
    assert "autograder: alan has no grade, could not grade: conv_macs: there is no verdict\n" in printed.err
    assert canvas_import(target.read_bytes(), PEOPLE)[1]["lab90_tiny (78)", 11] == "4"

    path = roster(small, CANVAS.replace("ada", "ida"))
    status, printed = run("export", "lab90", "--format", "canvas", "--roster", path)
    assert status == 1
    assert "autograder: NOT IN THE FILE: ada is not in the roster: 4 of 6 points\n" in printed.err

    status, printed = run("export", "lab90", "--roster", path)
    assert (status, printed.err) == (
        2,
        "autograder: --roster and --title are for --format canvas and moodle\n",
    )

    status, printed = run("late", "lab90")
    assert status == 0
    assert printed.out == (
        "grace@example.org: 1.1 days late, −0.9 points\n"
        "late: 1 of 3 submissions; without timestamp.txt, which counts as on time: 1\n"
    )
    (small.root / FILE).write_text("[lab90_tiny]\ndue = tomorrow")
    status, printed = run("late", "lab90")
    assert (status, printed.err.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@x", "\t=1", " =1+1", '"=1"', "\uff1d1+1", "a;=1+1", "a; =1+1", 'a;"=1+1', "a\n=1"],
)
def test_no_cell_is_a_formula_whatever_separates_cells(text):
    for separator in ",;\t":
        lines = csv.reader(io.StringIO(to_text([["ada", safe(text)]]), newline=""), delimiter=separator)
        cells = [cell.strip(' "') for line in lines for cell in line]
        assert not [cell for cell in cells if cell[:1] in set("=+-@\uff0b\uff0d\uff1d\uff20")]


@pytest.mark.parametrize(
    "text", ["Ada Lovelace", "-", "a-b", "a=b", "x;y", "3; 4", "", "O'Brien", "ada@x.org"]
)
def test_what_is_no_formula_stays_as_it_is(text):
    assert safe(text) == text
