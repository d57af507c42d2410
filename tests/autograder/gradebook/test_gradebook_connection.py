"""The gradebook's URL, and what stands behind it: what is wrong is told before anything is built."""

from dataclasses import replace

import pytest

from autograder.errors import GraderError
from autograder.gradebook.connection import check_gradebook
from autograder.labs import build
from tests.autograder.tiny_lab import CHECKS, LAB


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("foo", r"^the gradebook's URL cannot be used .*; expected postgresql://USER@HOST/DATABASE$"),
        ("", r"^the gradebook's URL cannot be used .*; expected postgresql://USER@HOST/DATABASE$"),
        ("mysql://host/x", r"^the gradebook's URL names mysql; expected postgresql://"),
        (
            "postgresql://127.0.0.1:1/x",
            r"^the gradebook .*127.0.0.1:1/x cannot be used: .*the URL after --data",
        ),
        ("sqlite:///{}/none/x.db", r"^there is no folder for the gradebook .*/none/x.db: make it, or mend"),
        ("sqlite:///{}", r"^the gradebook .* is no file; expected one, or a name that is free$"),
        ("sqlite:///{}/damaged.db", r"^the gradebook .*/damaged.db is damaged .*put a copy in its place"),
    ],
)
def test_what_is_wrong_with_a_gradebook_is_told_before_building(course, tmp_path, url, told):
    if url.startswith("postgresql"):
        pytest.importorskip("psycopg")
    (tmp_path / "damaged.db").write_bytes(b"no database at all, " * 200)
    wrong = replace(course, db_url=url.format(tmp_path))
    with pytest.raises(GraderError, match=told) as caught:
        build.build_course(wrong, LAB, CHECKS)
    assert "\n" not in str(caught.value)
    assert not (course.root / "source").exists()


def test_a_gradebook_that_can_be_made_is_not_made_by_looking(course, tmp_path):
    elsewhere = replace(course, db_url=f"sqlite:///{tmp_path}/grades.db")
    for fine in (course, elsewhere):
        check_gradebook(fine, 1)
    assert not (course.root / "gradebook.db").exists()
    assert not (tmp_path / "grades.db").exists()
    build.build_course(elsewhere, LAB, CHECKS)
    check_gradebook(elsewhere, 1)


def test_nbgraders_failure_is_told_in_the_databases_own_words(course, monkeypatch):
    monkeypatch.setattr(build, "check_gradebook", lambda *arguments: None)
    wrong = replace(course, db_url="sqlite:////nonexistent/x.db")
    words = r"cannot release the lab: OperationalError: \(sqlite3\.OperationalError\) unable to open .*file$"
    with pytest.raises(GraderError, match=words):
        build.build_course(wrong, LAB, CHECKS)
