"""Finding each student's notebook in whatever was downloaded."""

import shutil
import stat
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.errors import GraderError
from autograder.submissions import collect as collecting
from autograder.submissions import unzip as unzipping
from autograder.submissions.collect import collect
from autograder.submissions.unzip import MAX_PARTS, unzip

LAB = "lab90_tiny"


def put(root, *paths):
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(f"text of {path}")


def zipped(path, names):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, f"text of {name}")
    return path


def found(folder):
    with collect(folder, LAB) as submissions:
        return {s.student: s.path.read_text() if s.path else s.problem for s in submissions}


def notes(folder):
    with collect(folder, LAB) as submissions:
        return {s.student: s.note for s in submissions}


def test_one_folder_per_student(tmp_path):
    put(tmp_path, f"bob/{LAB}.ipynb", f"Ada Lovelace/{LAB}.ipynb", ".DS_Store", "bob/picture.png")
    assert found(tmp_path) == {
        "Ada Lovelace": f"text of Ada Lovelace/{LAB}.ipynb",
        "bob": f"text of bob/{LAB}.ipynb",
    }


@pytest.mark.parametrize("below", ["", "submitted", "download/submitted"])
def test_nbgraders_own_layout(tmp_path, below):
    put(tmp_path / below, f"ada/{LAB}/{LAB}.ipynb")
    assert found(tmp_path) == {"ada": f"text of ada/{LAB}/{LAB}.ipynb"}


def test_a_zip_of_the_class(tmp_path):
    names = [f"class/ada/{LAB}.ipynb", f"class/bob/{LAB}.ipynb", "__MACOSX/class/._x"]
    assert set(found(zipped(tmp_path / "class.zip", names))) == {"ada", "bob"}


def test_a_zip_with_a_single_student(tmp_path):
    assert set(found(zipped(tmp_path / "class.zip", [f"class/ada/{LAB}.ipynb"]))) == {"ada"}


def test_a_zip_per_student(tmp_path):
    zipped(tmp_path / "ada.zip", [f"{LAB}.ipynb"])
    zipped(tmp_path / "bob" / "work.zip", [f"deep/er/{LAB}.ipynb"])
    zipped(tmp_path / "eve.zip", ["essay.txt"])
    assert found(tmp_path) == {
        "ada": f"text of {LAB}.ipynb",
        "bob": f"text of deep/er/{LAB}.ipynb",
        "eve": f"There is no {LAB}.ipynb (found: essay.txt).",
    }


def test_a_single_other_name_is_taken_with_a_note(tmp_path):
    put(tmp_path, "ada/mine.ipynb", "ada/.ipynb_checkpoints/old.ipynb", f"bob/{LAB}.ipynb", "bob/copy.ipynb")
    assert found(tmp_path)["ada"] == "text of ada/mine.ipynb"
    assert notes(tmp_path) == {
        "ada": f"The file is named mine.ipynb, not {LAB}.ipynb; it was taken.",
        "bob": "",
    }


def test_several_other_names_are_listed(tmp_path):
    put(tmp_path, "ada/one.ipynb", "ada/two.ipynb", f"bob/{LAB}.ipynb")
    assert found(tmp_path)["ada"] == f"There is no {LAB}.ipynb, but 2 other notebooks: one.ipynb, two.ipynb."


def test_nothing_handed_in(tmp_path):
    (tmp_path / "ada").mkdir()
    put(tmp_path, f"bob/{LAB}.ipynb", "eve/essay.txt")
    assert found(tmp_path)["ada"] == f"There is no {LAB}.ipynb (the folder is empty)."
    assert found(tmp_path)["eve"] == f"There is no {LAB}.ipynb (found: essay.txt)."


def test_links_are_not_followed(tmp_path):
    put(tmp_path, "secret.txt", f"class/bob/{LAB}.ipynb", "class/eve/x")
    (tmp_path / "class" / "eve" / f"{LAB}.ipynb").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "class" / "joe").symlink_to(tmp_path / "class" / "bob")
    results = found(tmp_path / "class")
    assert results["eve"] == f"{LAB}.ipynb is a link to somewhere else; links are not followed."
    assert results["joe"] == "The submission is a link to somewhere else; links are not followed."


def test_a_folder_and_a_zip_of_one_student(tmp_path):
    put(tmp_path, f"ada/{LAB}.ipynb")
    zipped(tmp_path / "ada.zip", [f"{LAB}.ipynb"])
    assert found(tmp_path) == {
        "ada": f"text of ada/{LAB}.ipynb",
        "ada.zip": "There are a folder and a zip for ada; the folder counts.",
    }


COMPOSED, DECOMPOSED = "Ren\u00e9", "Rene\u0301"  # the same name; macOS writes the second


@pytest.mark.parametrize("place", ["{}/{}", "{}_101_assignsubmission_file_{}"], ids=["folder", "flat"])
def test_a_name_is_the_same_however_its_accents_are_written(tmp_path, place):
    for written in (COMPOSED, DECOMPOSED):
        folder = tmp_path / ascii(written)
        put(folder, place.format(written, f"{LAB}.ipynb"), f"bob/{LAB}.ipynb")
        (student,) = found(folder).keys() - {"bob"}
        assert student.startswith(COMPOSED)


def test_two_folders_whose_names_are_the_same(tmp_path):
    put(tmp_path, f"{DECOMPOSED}/{LAB}.ipynb", f"{COMPOSED}/{LAB}.ipynb")
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("this file system takes them for one name")
    assert found(tmp_path) == {
        COMPOSED: f"text of {DECOMPOSED}/{LAB}.ipynb",
        ascii(COMPOSED): f"There are two folders for {COMPOSED}; the one named {DECOMPOSED!a} counts.",
    }


def test_nbgrader_knows_students_by_the_names_of_their_folders(tmp_path):
    put(tmp_path, f"{DECOMPOSED}/{LAB}/{LAB}.ipynb", f"bob/{LAB}/{LAB}.ipynb")
    (stored,) = {path.name for path in tmp_path.iterdir()} - {"bob"}
    with collect(tmp_path, LAB, is_collected=True) as submissions:
        assert {submission.student for submission in submissions} == {stored, "bob"}


def test_two_zips_of_one_student(tmp_path):
    zipped(tmp_path / "ada.ZIP", [f"{LAB}.ipynb"])
    zipped(tmp_path / "ada.zip", [f"{LAB}.ipynb"])
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("this file system takes them for one name")
    assert found(tmp_path).keys() == {"ada", "'ada.zip'"}


@pytest.mark.parametrize("name", ["a\nb", "[a-z]*", "what?", " ada"])
def test_a_name_that_cannot_be_a_students(tmp_path, name):
    put(tmp_path, f"{name}/{LAB}.ipynb", f"bob/{LAB}.ipynb")
    assert found(tmp_path)[ascii(name)] == "The folder's name cannot be used as a student's name."


def test_long_names_that_begin_alike_are_told_apart(tmp_path):
    put(tmp_path, *(f"{'a' * 120}{end}/{LAB}.ipynb" for end in "xyz"), f"bob/{LAB}.ipynb")
    results = found(tmp_path)
    assert len(results) == 4
    assert all(len(name) <= 100 for name in results)


@pytest.mark.parametrize("is_zip", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("wrapped", ["", "submissions/"])
def test_the_files_of_a_canvas_download(tmp_path, is_zip, wrapped):
    names = [
        f"lovelaceada_101_5001_{LAB}.ipynb",
        f"núñezjosé_LATE_102_5002_{LAB}-1.ipynb",
        "roe_smitheve_103_5003_my_2_1_work.ipynb",
        "roe_smitheve_103_5004_notes.txt",
        "zoe_104_5005_essay.txt",
    ]
    put(tmp_path / "class" / wrapped, *names)
    zipped(tmp_path / "class" / wrapped / "liam_105_5006_work.zip", [f"{LAB}.ipynb"])
    given = tmp_path / "class"
    if is_zip:
        given = shutil.make_archive(str(tmp_path / "week 3"), "zip", given)
    remarks = []
    with collect(Path(given), LAB, remarks.append) as submissions:
        assert {s.student: s.path.read_text() if s.path else s.problem for s in submissions} == {
            "liam_105": f"text of {LAB}.ipynb",
            "lovelaceada_101": f"text of {names[0]}",
            "núñezjosé_102": f"text of {names[1]}",
            "roe_smitheve_103": f"text of {names[2]}",
            "zoe_104": f"There is no {LAB}.ipynb (found: essay.txt).",
        }
        assert {s.student: s.note for s in submissions if s.note} == {
            "roe_smitheve_103": f"The file is named my_2_1_work.ipynb, not {LAB}.ipynb; it was taken."
        }
    assert remarks[-1].endswith("they count as on time: núñezjosé_102")
    assert len(remarks) == (2 if wrapped else 1)


def test_the_files_of_a_moodle_download_without_folders(tmp_path):
    one, other = "Ada Lovelace_101_assignsubmission", "Zoë_7 Núñez_102_assignsubmission"
    put(tmp_path, f"{one}_file_{LAB}.ipynb", f"{one}_onlinetext_onlinetext.html", f"{other}_file_mine.ipynb")
    assert found(tmp_path) == {
        f"{one}_file": f"text of {one}_file_{LAB}.ipynb",
        f"{other}_file": f"text of {other}_file_mine.ipynb",
    }


def test_what_is_written_online_beside_a_file_is_no_submission_of_its_own(tmp_path):
    put(tmp_path, f"Ada_1_assignsubmission_file_/{LAB}.ipynb", "Ada_1_assignsubmission_onlinetext_/x.html")
    put(tmp_path, f"Bob_2_assignsubmission_file/{LAB}.ipynb", "Bob_2_assignsubmission_onlinetext/x.html")
    put(tmp_path, "Eve_3_assignsubmission_onlinetext_/x.html")
    assert list(found(tmp_path)) == [
        "Ada_1_assignsubmission_file_",
        "Bob_2_assignsubmission_file",
        "Eve_3_assignsubmission_onlinetext_",
    ]


def test_two_files_of_one_name_are_both_seen(tmp_path):
    put(tmp_path, "ada_1_5_mine.ipynb", "ada_1_6_mine.ipynb")
    assert found(tmp_path) == {
        "ada_1": f"There is no {LAB}.ipynb, but 2 other notebooks: mine.ipynb, ada_1_6_mine.ipynb."
    }


def test_what_is_wrong_with_a_flat_file_stops_nobody_else(tmp_path, monkeypatch):
    monkeypatch.setattr(unzipping, "MAX_FILE_BYTES", 5_000)
    path = zipped(tmp_path / "class.zip", [f"bob_2_6_{LAB}.ipynb", f"a*_1_5_{LAB}.ipynb", "eve_3/x"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"ada_1_5_{LAB}.ipynb", b"0" * 10_000)
        archive.writestr(f"eve_3_7_{LAB}.ipynb", "eve's")
    link(path, f"joe_4_8_{LAB}.ipynb")
    results = found(path)
    assert "unpacks to too much" in results["ada_1"]
    assert results["bob_2"] == f"text of bob_2_6_{LAB}.ipynb"
    assert results["'a*_1'"] == "The files' name cannot be used as a student's name."
    assert results["eve_3 (files)"] == "There are a folder and files beside it for eve_3; the folder counts."
    assert "links are not followed" in results["joe_4"]


def test_notebooks_that_are_nobodys_are_told(tmp_path):
    put(tmp_path, f"ada/{LAB}.ipynb", f"{LAB}.ipynb", "bob.ipynb", ".x.ipynb", "grades.csv")
    remarks = []
    with collect(tmp_path, LAB, remarks.append) as (ada,):
        assert ada.student == "ada"
    assert remarks == [f"not graded, because they lie in no student's folder: bob.ipynb, {LAB}.ipynb"]
    put(tmp_path / "flat", *(f"{name}.ipynb" for name in "abcdefg"))
    with pytest.raises(
        GraderError, match=r"no students, but notebooks beside each other: a.ipynb.* and 2 more"
    ):
        found(tmp_path / "flat")


@pytest.mark.parametrize("name", [f"{LAB}-1", f"{LAB}-Copy1", f"{LAB} (2)", f"{LAB}(2)"])
def test_a_copys_name_is_as_good(tmp_path, name):
    put(tmp_path, f"ada/{name}.ipynb", "ada/other.ipynb")
    assert found(tmp_path) == {"ada": f"text of ada/{name}.ipynb"}
    assert notes(tmp_path) == {"ada": ""}
    put(tmp_path, f"ada/{LAB}-7.ipynb")
    assert "but 3 other notebooks" in found(tmp_path)["ada"]  # which of the two is newer, nobody knows
    put(tmp_path, f"ada/{LAB}.ipynb")
    assert found(tmp_path) == {"ada": f"text of ada/{LAB}.ipynb"}


def test_no_folder_no_zip_no_students(tmp_path):
    (tmp_path / "empty").mkdir()
    put(tmp_path, "text.txt", "lone/lab.ipynb")
    for path, message in [
        ("nowhere", "there is no .*nowhere; expected a folder or zip"),
        ("text.txt", "is a file; expected a folder or a zip"),
        ("empty", r"holds no students; expected .*/<student>/lab90_tiny.ipynb"),
        ("lone", "holds no students"),
    ]:
        with pytest.raises(GraderError, match=message):
            found(tmp_path / path)


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "..\\evil"])
def test_a_path_that_leads_out_of_the_folder(tmp_path, name):
    archive = zipped(tmp_path / "class.zip", [name])
    with pytest.raises(GraderError, match="leads out of the folder"):
        unzip(archive, tmp_path / "target", ("evil",))
    assert not list(tmp_path.rglob("evil"))


def link(path, *names):
    """Adds links to a zip."""
    with zipfile.ZipFile(path, "a") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, "/etc/passwd")
    return path


def test_a_link_in_the_zip_of_a_class_stops_nobody(tmp_path):
    path = zipped(tmp_path / "class.zip", [f"ada/{LAB}.ipynb", f"bob/{LAB}.ipynb", "cy/essay.txt"])
    link(path, f"eve/{LAB}.ipynb", "bob/link", "cy/link", "d.an", "joe.zip", ".x", "y.ipynb")
    told = "class.zip holds a link, '{}'; links are not followed."
    assert found(path) == {
        "ada": f"text of ada/{LAB}.ipynb",
        "bob": f"text of bob/{LAB}.ipynb",
        "cy": f"There is no {LAB}.ipynb (found: essay.txt, link). {told.format('cy/link')}",
        "d.an": told.format("d.an"),
        "eve": told.format(f"eve/{LAB}.ipynb"),
        "joe": told.format("joe.zip"),
    }
    assert notes(path)["bob"] == told.format("bob/link")


def test_many_links_are_counted(tmp_path):
    path = link(zipped(tmp_path / "ada.zip", [f"{LAB}.ipynb"]), *(f"link{number}" for number in range(9)))
    (note,) = notes(path.parent).values()
    assert note.count("ada.zip holds a link") == 3
    assert note.endswith(" So were 6 other files.")


def test_a_zip_that_unpacks_to_too_much(tmp_path):
    path = zipped(tmp_path / "bomb.zip", ["fine", "bomb", "picture"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.ipynb", b"0" * 100_000)
    target = tmp_path / "target"
    why = "bomb.zip holds 'bomb.ipynb', which unpacks to too much: it passes 50,000 bytes."
    assert unzip(path, target, ("fine", ".ipynb"), max_bytes=50_012) == {target / "bomb.ipynb": why}
    assert {p.name: p.stat().st_size for p in target.iterdir()} == {"bomb": 0, "fine": 12, "picture": 0}
    with pytest.raises(GraderError, match="holds 4 files; at most 3"):
        unzip(path, target, (), max_files=3)


def test_a_zip_that_lies_about_its_sizes_gives_no_more_than_it_says(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"0" * 100_000)
    data = (tmp_path / "bomb.zip").read_bytes()
    size = (100_000).to_bytes(4, "little")
    assert data.count(size) == 2
    (tmp_path / "bomb.zip").write_bytes(data.replace(size, (10).to_bytes(4, "little")))
    with pytest.raises(GraderError, match="cannot be unpacked: Bad CRC-32"):
        unzip(tmp_path / "bomb.zip", tmp_path / "target", ("bomb",), max_bytes=50_000)
    assert sum(path.stat().st_size for path in (tmp_path / "target").iterdir()) <= 10


def test_what_is_too_large_concerns_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(unzipping, "MAX_FILE_BYTES", 5_000)
    path = zipped(tmp_path / "class.zip", [f"ada/{LAB}.ipynb", "joe/copy.ipynb"])
    large = ["ada/data.csv", f"bob/{LAB}.ipynb", "cy/work.zip", "dan.zip", f"joe/{LAB}.ipynb"]
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name in large:
            archive.writestr(name, b"0" * 10_000)
    told = "class.zip holds '{}', which unpacks to too much: it passes 5,000 bytes."
    assert found(path) == {"ada": f"text of ada/{LAB}.ipynb"} | {
        name.split("/")[0].removesuffix(".zip"): told.format(name) for name in large[1:]
    }
    assert notes(path)["ada"] == ""  # nobody would have read it


def test_a_flood_takes_nobody_elses_room(tmp_path, monkeypatch):
    path = zipped(tmp_path / "class.zip", [])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name in ("ada/1.ipynb", "ada/2.ipynb", "ada/3.ipynb"):
            archive.writestr(name, b"0" * 10_000)
        archive.writestr(f"bob/{LAB}.ipynb", "bob's")
    left_out = unzip(path, tmp_path / "target", (".ipynb",), max_bytes=25_000)
    assert list(left_out) == [tmp_path / "target" / "ada" / "3.ipynb"]
    assert (tmp_path / "target" / "bob" / f"{LAB}.ipynb").read_text() == "bob's"


def test_a_name_that_is_too_long_stops_nobody_else(tmp_path):
    long = "ü" * 200
    path = zipped(tmp_path / "class.zip", [f"ada/{long}.txt", f"ada/{LAB}.ipynb", f"bob/{LAB}.ipynb"])
    assert set(found(path).values()) == {f"text of ada/{LAB}.ipynb", f"text of bob/{LAB}.ipynb"}
    assert "which cannot be unpacked: File name too long." in notes(path)["ada"]


def test_a_file_where_a_folder_is_stops_nobody_else(tmp_path):
    names = ["ada/x", f"ada/x/{LAB}.ipynb", f"bob/{LAB}.ipynb"]
    results = found(zipped(tmp_path / "class.zip", names))
    assert "cannot be unpacked" in results["ada"]
    assert results["bob"] == f"text of bob/{LAB}.ipynb"


def test_a_zip_with_an_endless_list_of_files_is_not_read(tmp_path, monkeypatch):
    """`zipfile` takes half a minute for a million names, be they of as many files or of one."""
    put(tmp_path, f"class/bob/{LAB}.ipynb")
    monkeypatch.setattr(unzipping, "_LINE_BYTES", 100)  # for each of a student's 500 files
    with zipfile.ZipFile(tmp_path / "class" / "ada.zip", "w") as archive:
        archive.writestr(f"{LAB}.ipynb", "text")
        archive.filelist *= 1_000
    read = []
    monkeypatch.setattr(zipfile.ZipInfo, "_decodeExtra", lambda *arguments: read.append(arguments))
    submissions = found(tmp_path / "class")
    assert "ada.zip holds too many files: their list has" in submissions["ada"]
    assert submissions["bob"] == f"text of class/bob/{LAB}.ipynb"
    assert not read


def test_a_damaged_zip(tmp_path):
    (tmp_path / "class.zip").write_bytes(b"PK not really")
    with pytest.raises(GraderError, match=r"class.zip cannot be unpacked: File is not a zip file"):
        found(tmp_path / "class.zip")
    put(tmp_path, f"class/bob/{LAB}.ipynb")
    (tmp_path / "class" / "ada.zip").write_bytes(b"PK not really")
    assert found(tmp_path / "class")["ada"] == "ada.zip cannot be unpacked: File is not a zip file."


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_a_zip_with_any_byte_wrong_stops_nobody_else(tmp_path, method):
    put(tmp_path, f"class/bob/{LAB}.ipynb")
    path = tmp_path / "class" / "ada.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr(f"ä/{LAB}.ipynb", "".join(map(str, range(40))))
    sound = path.read_bytes()
    for place in range(len(sound)):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 0xA5]) + sound[place + 1 :])
        assert found(tmp_path / "class")["bob"] == f"text of class/bob/{LAB}.ipynb"


def test_a_name_that_cannot_be_shown_is_escaped(tmp_path):
    put(tmp_path, "ada/lab\x1b[2J.ipynb", "bob/x")
    (tmp_path / "bob" / "x").rename(tmp_path / "bob" / "\udcff.txt")
    with collect(tmp_path, LAB) as (ada, bob):
        assert ada.note == rf"The file is named lab\x1b[2J.ipynb, not {LAB}.ipynb; it was taken."
        assert bob.problem == rf"There is no {LAB}.ipynb (found: \udcff.txt)."


TOO_DEEP = "The folders are nested more than 50 deep."


@contextmanager
def deep_folders(path, depth=1500):
    """Makes folders in folders and takes them away again; what pytest tidies up with recurses."""
    paths = [path / "/".join(["a"] * n) for n in range(1, depth + 1)]
    path.mkdir(parents=True, exist_ok=True)
    for folder in paths:
        folder.mkdir()
    try:
        yield
    finally:
        for folder in reversed(paths):
            folder.rmdir()


def test_a_zip_with_deep_folders_stops_nobody_else(tmp_path, monkeypatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    put(tmp_path, f"class/bob/{LAB}.ipynb")
    names = ["a/" * depth + "x" for depth in (300, 600, 900, 1200, 1500)]
    zipped(tmp_path / "class" / "eve.zip", [f"{LAB}.ipynb", *names])
    zipped(tmp_path / "class" / "joe" / "work.zip", ["a/" * 51 + f"{LAB}.ipynb"])
    bob = f"text of class/bob/{LAB}.ipynb"
    assert found(tmp_path / "class") == {"bob": bob, "eve": TOO_DEEP, "joe": TOO_DEEP}
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize("depth", [51, 99, 100, 1500])
def test_deep_folders_in_the_zip_of_a_class(tmp_path, depth):
    names = [f"class/bob/{LAB}.ipynb", f"class/eve/{LAB}.ipynb", "class/eve/" + "a/" * depth + "x"]
    assert found(zipped(tmp_path / "class.zip", names)) == {
        "bob": f"text of class/bob/{LAB}.ipynb",
        "eve": TOO_DEEP,
    }


def test_deep_folders_stop_nobody_else(tmp_path):
    with deep_folders(tmp_path / "class" / "eve"):
        assert found(tmp_path / "class") == {"eve": TOO_DEEP}
        put(tmp_path, f"class/bob/{LAB}.ipynb")
        assert found(tmp_path / "class") == {"bob": f"text of class/bob/{LAB}.ipynb", "eve": TOO_DEEP}


def test_a_notebook_in_many_folders_is_found(tmp_path):
    put(tmp_path, "bob/" + "a/" * 50 + f"{LAB}.ipynb", f"ada/{LAB}.ipynb")
    zipped(tmp_path / "eve.zip", ["a/" * 50 + f"{LAB}.ipynb"])
    assert {name: text.rpartition("/")[2] for name, text in found(tmp_path).items()} == dict.fromkeys(
        ["ada", "bob", "eve"], f"{LAB}.ipynb"
    )


def test_a_path_of_too_many_parts_is_not_unpacked(tmp_path):
    archive = zipped(tmp_path / "a.zip", ["a/" * 5000 + "x", "b/" * (MAX_PARTS - 1) + "x"])
    unzip(archive, tmp_path / "target", ("x",))
    files = [path.relative_to(tmp_path / "target") for path in (tmp_path / "target").rglob("*")]
    assert max(len(path.parts) for path in files) == MAX_PARTS
    assert [path.parts[0] for path in files if path.name == "x"] == ["b"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RecursionError("too deep"), "RecursionError: too deep"),
        (OSError(36, "File name too long", "/tmp/cvlabs-collect-x/\x1b"), "OSError: File name too long"),
        (ValueError("a\nb"), r"ValueError: a\nb"),
    ],
)
def test_whatever_goes_wrong_with_one_stops_nobody_else(tmp_path, monkeypatch, error, reason):
    def fail(folder):
        if folder.name == "eve":
            raise error
        return below(folder)

    below = collecting.below
    monkeypatch.setattr(collecting, "below", fail)
    put(tmp_path, f"bob/{LAB}.ipynb", f"eve/{LAB}.ipynb")
    assert found(tmp_path) == {
        "bob": f"text of bob/{LAB}.ipynb",
        "eve": f"The submission cannot be read ({reason}).",
    }
