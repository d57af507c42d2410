"""Times of handing in: every way of writing one that nbgrader may misread, against the standard library; and
which file it is taken from."""

import time
import zipfile
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from nbgrader.utils import parse_utc

from autograder.submissions.collect import collect
from autograder.submissions.timestamp import in_utc

LAB = "lab90_tiny"
MOMENT = datetime(2026, 10, 1, 21, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-01 23:59:00 +0200",
        "2026-10-01 23:59:00 +02:00",
        "2026-10-01T23:59:00+02:00",
        "2026-10-01T21:59:00Z",
        "2026-10-01 21:59:00 UTC",
        "2026-10-01 21:59:00.000000 UTC",
        "2026-10-01 21:59:00",
        "2026-10-01 23:59:00 Europe/Berlin",
        "2026-10-01 16:59:00 EST",
        "Thu, 1 Oct 2026 23:59:00 +0200",
        " 2026-10-01 23:59:00 +0200\n",
    ],
)
def test_nbgrader_reads_the_moment_that_was_meant(text):
    assert parse_utc(in_utc(text)) == MOMENT.replace(tzinfo=None)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
@pytest.mark.parametrize("month", [1, 7])  # winter and summer time
def test_zones_have_their_winter_and_summer_time(zone, month):
    local = datetime(2026, month, 15, 12, 30, tzinfo=ZoneInfo(zone))
    expected = local.astimezone(UTC).replace(tzinfo=None)
    assert parse_utc(in_utc(f"2026-{month:02}-15 12:30:00 {zone}")) == expected
    assert parse_utc(in_utc(local.isoformat())) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-01 23:59:00 CEST",
        "2026-10-01 23:59:00 Europe/Bärlin",
        "soon",
        "",
        "23:59",  # of today?
        "Thursday, 23:59 UTC",
        "October 2026",
        "23:59 Europe/Berlin",
    ],
)
def test_what_is_not_clear_is_said(text, monkeypatch):
    monkeypatch.setattr(time, "tzname", ("UTC", "UTC"))  # the names of the machine's own zone are known
    with pytest.raises(
        ValueError, match=r"no time zone that is known here|Unknown string format|does not contain a date"
    ):
        in_utc(text)


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


@pytest.mark.parametrize(
    ("files", "believed"),
    [
        # beside the notebook, as an instructor or nbgrader puts it
        (["{lab}.ipynb", "timestamp.txt"], "timestamp.txt"),
        (["{lab}/{lab}.ipynb", "{lab}/timestamp.txt"], "{lab}/timestamp.txt"),
        (["my lab.ipynb", "timestamp.txt"], "timestamp.txt"),
        # the notebook lies deeper, or in a zip
        (["sub/{lab}.ipynb", "timestamp.txt"], "timestamp.txt"),
        (["{lab}/{lab}.ipynb", "timestamp.txt"], "timestamp.txt"),
        (["{lab}/sub/{lab}.ipynb", "{lab}/timestamp.txt"], "{lab}/timestamp.txt"),
        (["work.zip/{lab}.ipynb", "timestamp.txt"], "timestamp.txt"),
        (["work.zip/a/{lab}.ipynb", "{lab}/timestamp.txt"], "{lab}/timestamp.txt"),
        # the student has put another one beside it
        (["sub/{lab}.ipynb", "sub/timestamp.txt", "timestamp.txt"], "timestamp.txt"),
        (["{lab}/{lab}.ipynb", "{lab}/timestamp.txt", "timestamp.txt"], "timestamp.txt"),
        (["{lab}/sub/{lab}.ipynb", "{lab}/sub/timestamp.txt", "{lab}/timestamp.txt"], "{lab}/timestamp.txt"),
        (["work.zip/{lab}.ipynb", "work.zip/timestamp.txt", "timestamp.txt"], "timestamp.txt"),
        # there is only the student's
        (["sub/{lab}.ipynb", "sub/timestamp.txt"], None),
        (["sub/{lab}/{lab}.ipynb", "sub/{lab}/timestamp.txt"], None),
        (["work.zip/{lab}.ipynb", "work.zip/timestamp.txt"], None),
        (["work.zip/{lab}/{lab}.ipynb", "work.zip/{lab}/timestamp.txt"], None),
        (["{lab}.ipynb"], None),
    ],
)
def test_only_the_places_of_the_instructor_are_believed(tmp_path, files, believed):
    put(tmp_path, f"bob/{LAB}.ipynb", *(f"ada/{name.format(lab=LAB)}" for name in files))
    with collect(tmp_path, LAB) as (ada, _):
        assert ada.path is not None
        assert ada.stamp == (believed and tmp_path / "ada" / believed.format(lab=LAB))


@pytest.mark.parametrize("place", ["sub/{lab}.ipynb", "work.zip/{lab}.ipynb"])
def test_a_folder_with_a_time_is_a_students_also_if_it_is_the_only_one(tmp_path, place):
    put(tmp_path, f"class/ada/{place.format(lab=LAB)}", "class/ada/timestamp.txt")
    with collect(tmp_path, LAB) as (ada,):
        assert (ada.student, ada.stamp) == ("ada", tmp_path / "class" / "ada" / "timestamp.txt")


@pytest.mark.parametrize("wrapped", ["", "submitted/"])
def test_the_zip_of_a_class_has_the_instructors_times(tmp_path, wrapped):
    class_zip = "class.zip/" + wrapped
    put(tmp_path, f"{class_zip}ada/{LAB}.ipynb", f"{class_zip}ada/timestamp.txt")
    put(tmp_path, f"{class_zip}bob/{LAB}/{LAB}.ipynb", f"{class_zip}bob/{LAB}/timestamp.txt")
    with collect(tmp_path / "class.zip", LAB) as (ada, bob):
        assert (ada.stamp.parent.name, bob.stamp.parent.name) == ("ada", LAB)


def test_a_zip_of_the_students_own_has_no_time(tmp_path):
    put(tmp_path, f"ada.zip/{LAB}.ipynb", "ada.zip/timestamp.txt", f"bob.zip/{LAB}/{LAB}.ipynb")
    put(tmp_path, f"bob.zip/{LAB}/timestamp.txt", "bob.zip/bob/timestamp.txt")
    with collect(tmp_path, LAB) as submissions:
        assert [(s.student, s.path is None, s.stamp) for s in submissions] == [
            ("ada", False, None),
            ("bob", False, None),
        ]


def test_a_link_is_no_time(tmp_path):
    put(tmp_path, f"ada/{LAB}.ipynb", f"bob/{LAB}.ipynb", "elsewhere/timestamp.txt")
    (tmp_path / "ada" / "timestamp.txt").symlink_to(tmp_path / "elsewhere" / "timestamp.txt")
    (tmp_path / "bob" / LAB).symlink_to(tmp_path / "elsewhere")
    with collect(tmp_path, LAB) as submissions:
        assert [s.stamp for s in submissions if s.student in ("ada", "bob")] == [None, None]
