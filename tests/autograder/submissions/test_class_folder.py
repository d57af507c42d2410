"""Whose folders are the students': nobody is recorded under the name of something in their work."""

import shutil
import zipfile

import pytest

from autograder.errors import GraderError
from autograder.submissions.collect import collect

LAB = "lab90_tiny"
FILE = f"{LAB}.ipynb"


def put(root, *names):
    """Writes files, each into its folder, or into a zip if there is one in its path."""
    for name in names:
        archive, _, inside = name.rpartition(".zip/")
        path = root / (f"{archive}.zip" if archive else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if archive:
            with zipfile.ZipFile(path, "a") as file:
                file.writestr(inside, "text")
        else:
            path.write_text("text")


def found(folder):
    """Returns who has a notebook, who has none, and what was remarked."""
    remarks = []
    with collect(folder, LAB, remarks.append) as submissions:
        return {s.student: s.path is not None for s in submissions}, remarks


def zipped(folder, name):
    """Returns the zip of what a folder holds."""
    return shutil.make_archive(str(folder.parent / name), "zip", folder)


CERTAIN = {
    "a folder per student": ([f"ann/{FILE}", f"bob/{FILE}"], {"ann", "bob"}),
    "a folder of one student": ([f"ann/{FILE}"], {"ann"}),
    "nbgrader's": ([f"ann/{LAB}/{FILE}"], {"ann"}),
    "nbgrader's below submitted": ([f"submitted/ann/{LAB}/{FILE}"], {"ann"}),
    "a course of nbgrader's": ([f"submitted/ann/{LAB}/{FILE}", f"release/{LAB}/{FILE}"], {"ann"}),
    "one student below submitted": (["submitted/ann/Lab 3/my.ipynb"], {"ann"}),
    "a zip per student": ([f"ann.zip/{FILE}", f"bob.zip/{FILE}"], {"ann", "bob"}),
    "a zip of one student": ([f"ann.zip/{FILE}"], {"ann"}),
    "a time beside a folder": ([f"ann/Lab 3/{FILE}", "ann/timestamp.txt"], {"ann"}),
    "a time beside a zip": ([f"ann/work.zip/{FILE}", "ann/timestamp.txt"], {"ann"}),
}


@pytest.mark.parametrize("is_zip", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("layout", CERTAIN)
def test_a_certain_layout_needs_no_remark(tmp_path, layout, is_zip):
    names, students = CERTAIN[layout]
    put(tmp_path / "late", *names)
    assert found(zipped_path(tmp_path, is_zip)) == (dict.fromkeys(students, True), [])


def zipped_path(tmp_path, is_zip, name="week 3"):
    if not is_zip:
        return tmp_path / "late"
    zipped(tmp_path / "late", name)
    return tmp_path / f"{name}.zip"


ONE_STUDENT = {
    "a zip in the folder": [f"ann/work.zip/{FILE}"],
    "a folder in the folder": [f"ann/Lab 3/{FILE}"],
    "another name in folders": ["ann/Lab 3/final/my work.ipynb"],
    "a folder named as nbgrader's": [f"ann/submitted/{FILE}"],
    "that with a folder in it": [f"ann/submitted/Lab 3/{FILE}"],
}


@pytest.mark.parametrize("is_zip", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("layout", ONE_STUDENT)
def test_one_student_keeps_the_name_and_that_is_said(tmp_path, layout, is_zip):
    put(tmp_path / "late", *ONE_STUDENT[layout])
    students, (remark,) = found(zipped_path(tmp_path, is_zip))
    assert students == {"ann": True}
    assert remark.startswith("'ann', alone in ")
    assert remark.endswith("is taken for a student; if it holds the class, give that folder")


WRAPPED = {
    "several students": ([f"a/ann/{FILE}", f"a/bob/{FILE}"], "a"),
    "several zips": ([f"a/ann.zip/{FILE}", f"a/bob.zip/{FILE}"], "a"),
    "their work in folders": ([f"a/ann/Lab 3/{FILE}", f"a/bob/work.zip/{FILE}"], "a"),
    "wrapped twice": ([f"a/b/ann/{FILE}", f"a/b/bob/{FILE}"], "a/b"),
    "nbgrader's": ([f"a/ann/{LAB}/{FILE}", f"a/bob/{LAB}/other.txt"], "a"),
    "a time": ([f"a/ann/Lab 3/{FILE}", "a/ann/timestamp.txt", "a/bob/essay.txt"], "a"),
}


@pytest.mark.parametrize("is_zip", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("layout", WRAPPED)
def test_a_folder_that_wraps_the_class_is_passed_and_that_is_said(tmp_path, layout, is_zip):
    names, root = WRAPPED[layout]
    put(tmp_path / "late", *names)
    students, (remark,) = found(zipped_path(tmp_path, is_zip))
    assert set(students) == {"ann", "bob"}
    assert remark.startswith(f"the folders in '{root}', alone in ")


@pytest.mark.parametrize("name", ["class", "class (2)", "class(1)"])
@pytest.mark.parametrize("work", [f"ann/{FILE}", f"ann/Lab 3/{FILE}", f"ann/work.zip/{FILE}"])
def test_what_zipping_adds_has_the_name_of_the_zip(tmp_path, name, work):
    put(tmp_path / "late", f"class/{work}")
    students, remarks = found(zipped_path(tmp_path, True, name))
    assert students == {"ann": True}
    assert "the folders in 'class', alone in " in remarks[-1]


def test_the_same_folder_unpacked(tmp_path):
    put(tmp_path, f"class/class/ann/{FILE}")
    assert found(tmp_path / "class")[0] == {"ann": True}


@pytest.mark.parametrize("is_zip", [False, True], ids=["folder", "zip"])
def test_a_folder_that_may_be_a_students_or_hold_the_class_is_refused(tmp_path, is_zip):
    put(tmp_path / "late", f"a/ann/{FILE}", "a/bob/essay.txt")
    given = zipped_path(tmp_path, is_zip)
    message = r"holds one folder, 'a', which may be .*If it holds the class, give that folder .*'submitted'"
    with pytest.raises(GraderError, match=message):
        found(given)
    assert found(tmp_path / "late" / "a")[0] == {"ann": True, "bob": False}
    (tmp_path / "late" / "a").rename(tmp_path / "a")
    (tmp_path / "late" / "submitted").mkdir()
    (tmp_path / "a").rename(tmp_path / "late" / "submitted" / "a")
    assert found(tmp_path / "late")[0] == {"a": True}


def test_an_empty_zip_holds_no_students(tmp_path):
    (tmp_path / "late").mkdir()
    with pytest.raises(GraderError, match=r"week 3.zip holds no files"):
        found(zipped_path(tmp_path, True))
