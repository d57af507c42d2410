"""Recording that is stopped, locked out or out of space leaves all or nothing, and the next run goes on."""

import errno
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from autograder.course import REPOSITORY, Course
from autograder.errors import GraderError
from autograder.gradebook import drafts
from autograder.gradebook.record import record_journal, recorder
from autograder.journal import Journal
from autograder.journal_entry import Planned
from tests.autograder.gradebook_dump import dump, raw_rows
from tests.autograder.on_record import counts, record
from tests.autograder.stock_class import by_hand, files, fill, policy
from tests.autograder.tiny_lab import LAB


@pytest.fixture
def course(stock, tmp_path) -> Course:
    """The course before anybody was graded."""
    shutil.copytree(stock.untouched.root, tmp_path / "course")
    return replace(stock.untouched, root=tmp_path / "course")


class Stopped(BaseException):
    """Stands for the end of the process, which no code of the grader may swallow."""


@contextmanager
def stopped_at(step):
    """Raises `Stopped` at the given one of all steps that change or begin something."""
    count = 0

    def notice(*_, **__):
        nonlocal count
        count += 1
        if count == step:
            raise Stopped

    def noticed(function):
        def wrapper(*args, **kwargs):
            notice()
            return function(*args, **kwargs)

        return wrapper

    events = ("before_cursor_execute", "begin", "commit")
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in ((drafts, "_write"), (Path, "replace"), (Path, "unlink"), (Journal, "recorded")):
            patch.setattr(owner, name, noticed(getattr(owner, name)))
        for name in events:
            event.listen(Engine, name, notice)
        try:
            yield lambda: count
        finally:
            for name in events:
                event.remove(Engine, name, notice)


@pytest.mark.parametrize("round_", ["first", "second"])
def test_stopped_at_any_step_the_next_run_goes_on(course, stock, round_):
    """Every step of recording the last student of a round is the last one once."""
    if round_ == "second":
        record(course, LAB, stock.first, policy)
        by_hand(course.database)
    outcome, gradebook = getattr(stock, round_)[0], course.root / "gradebook.db"
    saved = course.root.with_name("saved")
    shutil.copytree(course.root, saved)
    before = raw_rows(gradebook)
    record(course, LAB, [outcome], policy)
    expected = raw_rows(gradebook), files(course)
    with Journal(course.journal) as journal:
        for step in range(1, 100):
            for name in ("gradebook.db", "submitted", "autograded"):
                _restore(saved / name, course.root / name)
            journal.plan(LAB, [Planned("ada", "d", "v")], again={"ada"})
            journal.done(LAB, outcome, "d")
            try:
                with stopped_at(step) as steps, recorder(course, LAB, policy) as record_some:
                    record_journal(journal, LAB, record_some)
            except Stopped:
                assert raw_rows(gradebook) in (before, expected[0])
                assert [o.student for o in journal.unrecorded(LAB)] == ["ada"]
                with recorder(course, LAB, policy) as record_some:
                    record_journal(journal, LAB, record_some)
            assert (raw_rows(gradebook), files(course)) == expected
            assert list(journal.unrecorded(LAB)) == []
            if steps() < step:
                break
    assert 20 < step < 99


def _restore(source, target):
    shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.exists():
        shutil.copyfile(source, target)


def test_a_locked_gradebook_is_waited_for_then_told(course, stock):
    with Journal(course.journal) as journal:
        fill(journal, stock.first)
        other = sqlite3.connect(course.root / "gradebook.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        message = (
            r"gradebook\.db was locked for 0\.1 seconds by .*; close it or wait: what was graded is kept"
        )
        with pytest.raises(GraderError, match=message), recorder(course, LAB, policy, patience=0.1):
            pass
        other.execute("ROLLBACK")
        with recorder(course, LAB, policy, patience=0.1) as record_some:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(GraderError, match=message):
                record_journal(journal, LAB, record_some)
            assert files(course) == {}
            other.execute("ROLLBACK")
            record_journal(journal, LAB, record_some)  # what was locked can be gone on with
        other.close()
        assert list(journal.unrecorded(LAB)) == []
    assert dump(course.database, LAB) == stock.after_first


def test_who_holds_a_gradebook_is_named(course):
    if not Path("/proc/locks").exists():
        pytest.skip("no /proc/locks here")
    program = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "db.execute('BEGIN EXCLUSIVE'); print('locked', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program, course.root / "gradebook.db"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert other.stdout.readline() == "locked\n"
    with pytest.raises(GraderError, match=rf"seconds by \S+ \(process {other.pid}\)"):
        record(course, LAB, [], patience=0.1)
    other.communicate("")


def journal_mode(db):
    return db.execute("PRAGMA journal_mode").fetchone()[0]


def test_commits_do_not_wait_for_the_disk_and_leave_one_file(course, stock, monkeypatch):
    """Only the end of a batch waits; what was committed before it is never counted on."""
    modes, synced = [], []
    gradebook = course.root / "gradebook.db"

    @event.listens_for(Engine, "commit")
    def _(connection):
        raw = connection.connection.driver_connection
        modes.append((journal_mode(raw), raw.execute("PRAGMA synchronous").fetchone()[0]))

    monkeypatch.setattr("autograder.gradebook.record.sync", lambda root: synced.append((root, len(modes))))
    try:
        record(course, LAB, stock.first, policy)
    finally:
        event.remove(Engine, "commit", _)
    committed = len(modes)
    assert committed > len(stock.first) > 1
    assert set(modes) == {("wal", 1)}  # 1: NORMAL
    assert synced == [(course.root, committed)]
    assert sorted(p.name for p in course.root.glob("gradebook*")) == ["gradebook.db"]
    with sqlite3.connect(gradebook) as db:
        assert journal_mode(db) == "delete"
    db.close()
    assert dump(course.database, LAB) == stock.after_first


def test_somebody_who_has_the_gradebook_open_disturbs_nobody(course, stock, tmp_path):
    """A formgrader reads while a run records; a copy of the one file holds all that was recorded."""
    reader = sqlite3.connect(course.root / "gradebook.db", isolation_level=None)
    with recorder(course, LAB, policy, patience=0.1) as record_some:
        reader.execute("BEGIN")
        before = reader.execute("SELECT count(*) FROM submitted_assignment").fetchone()
        record_some(stock.first)
        assert reader.execute("SELECT count(*) FROM submitted_assignment").fetchone() == before == (0,)
        reader.execute("COMMIT")
    shutil.copyfile(course.root / "gradebook.db", tmp_path / "copy.db")
    assert dump(f"sqlite:///{tmp_path}/copy.db", LAB) == stock.after_first
    reader.close()
    record(course, LAB, stock.first, policy)
    with sqlite3.connect(course.root / "gradebook.db") as db:
        assert journal_mode(db) == "delete"
    db.close()


@pytest.mark.parametrize("ahead", [False, True])
def test_who_writes_is_named_in_either_mode(course, ahead):
    if not Path("/proc/locks").exists():
        pytest.skip("no /proc/locks here")
    program = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "print('open', flush=True); sys.stdin.readline()\n"
        "db.execute('BEGIN IMMEDIATE'); print('locked', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, course.root / "gradebook.db"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "open\n"
        if ahead:
            reader = sqlite3.connect(course.root / "gradebook.db")
            reader.execute("PRAGMA journal_mode = WAL")
            reader.execute("SELECT count(*) FROM grade").fetchone()
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == "locked\n"
        with pytest.raises(GraderError, match=rf"seconds by \S+ \(process {other.pid}\);"):
            record(course, LAB, [], patience=0.1)
        other.stdin.close()
    if ahead:
        reader.close()


def test_a_full_disk_under_the_gradebook(course, stock):
    """SQLite takes a limit of its own for a full disk, down to the error's number."""

    def limit(connection, record_):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with Journal(course.journal) as journal:
        fill(journal, stock.first)
        event.listen(Engine, "connect", limit)
        try:
            with recorder(course, LAB, policy) as record_some:
                message = r"gradebook\.db cannot be written .*full.*make room; what was graded is kept"
                many = [replace(stock.first[0], student=f"s{n}") for n in range(200)]
                with pytest.raises(GraderError, match=message):
                    record_some(many)
        finally:
            event.remove(Engine, "connect", limit)
        rows = dump(course.database, LAB)["rows"]
        assert 0 < len(rows) < 200
        assert all(row["grades"] == stock.after_first["rows"]["ada"]["grades"] for row in rows.values())
        with recorder(course, LAB, policy) as record_some:
            record_journal(journal, LAB, record_some)
    assert stock.after_first["rows"].items() <= dump(course.database, LAB)["rows"].items()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EACCES])
def test_a_file_that_cannot_be_written(course, stock, monkeypatch, code):
    def full(draft, data):
        if draft.parts[-4] == "autograded":
            raise OSError(code, os.strerror(code), str(draft))

    with monkeypatch.context() as patch:
        patch.setattr(drafts, "_write", full)
        with pytest.raises(GraderError, match=rf"autograded/.*cannot be written \({os.strerror(code)}\)"):
            record(course, LAB, stock.first)
    assert dump(course.database, LAB)["rows"] == {}
    assert files(course) == {}
    record(course, LAB, stock.first, policy)
    assert dump(course.database, LAB) == stock.after_first


def test_a_disk_that_is_really_full(stock, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1200k", "tmpfs", disk]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no file system of a size of its own can be mounted here")
    try:
        course = replace(stock.untouched, root=disk / "course")
        shutil.copytree(stock.untouched.root, course.root)
        everybody = [replace(o, student=f"{o.student} {n}") for n in range(12) for o in stock.first]
        told = []
        for size in range(1200, 6000, 200):
            subprocess.run(["mount", "-o", f"remount,size={size}k", disk], check=True)
            try:
                with Journal(course.journal) as journal:
                    ready = {e.student for e in journal.entries(LAB) if e.state == "done"}
                    journal.plan(LAB, [Planned(o.student, "d", "v") for o in everybody])
                    with recorder(course, LAB, policy) as record_some:
                        for outcome in everybody:
                            if outcome.student not in ready:
                                journal.done(LAB, outcome, "d")
                                record_journal(journal, LAB, record_some)
                        record_journal(journal, LAB, record_some)
            except GraderError as error:
                told.append(str(error))
            else:
                break
        assert told
        assert all(re.search("make room|unable to open", message) for message in told)
        rows = dump(course.database, LAB)["rows"]
        assert rows == {o.student: stock.after_first["rows"][o.student.rsplit(" ", 1)[0]] for o in everybody}
        with Journal(course.journal) as journal:
            assert all(entry.recorded for entry in journal.entries(LAB))
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.slow
def test_killed_at_thirty_moments(course, stock, tmp_path):
    """A run in a process of its own, killed and started again until it comes to its end."""
    outcomes = [replace(o, student=f"{o.student} {n}") for n in range(25) for o in stock.first]
    data = [vars(outcome) | {"run": None} for outcome in outcomes]
    (tmp_path / "outcomes.json").write_text(json.dumps(data))
    command = [sys.executable, "-m", "tests.autograder.killed_runs", course.root, tmp_path / "outcomes.json"]
    report = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    killed, resumed = map(int, report.stdout.split())
    assert killed == 30
    assert resumed > 10

    undisturbed = replace(course, root=tmp_path / "undisturbed")
    shutil.copytree(stock.untouched.root, undisturbed.root)
    results = record(undisturbed, LAB, outcomes, policy)
    assert dump(course.database, LAB) == dump(undisturbed.database, LAB)
    assert files(course) == files(undisturbed)
    with Journal(course.journal) as journal:
        assert journal.results(LAB) == results
        assert counts(journal, LAB) == {"done": len(outcomes)}
        assert {o.student: o for o in journal.outcomes(LAB)} == {o.student: o for o in outcomes}
