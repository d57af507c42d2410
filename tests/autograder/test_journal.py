"""The journal: nothing that was stored is lost, nothing unchanged is executed again, one run at a time."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import contextmanager

import pytest

from autograder.errors import GraderError
from autograder.journal import Journal, read_results
from autograder.journal_entry import Entry, Planned
from autograder.lock import grading_lock
from autograder.outcome import Outcome, pack, unpack
from autograder.results import CheckResult, Result, Run, from_json, to_json
from tests.autograder.on_record import counts

LAB = "lab90_tiny"
RUN = Run("namespaces", "warm", 3.25, 2.5, 400_000_000, "2026-01-02T03:04:05+00:00", "g1", "l1")
NAMES = ["Zoë Ünal", "o'neil; DROP TABLE submission", "李雷", "a\u0301", "á", "=cmd()", "🎓", "%_"]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "course" / "journal.db"


@pytest.fixture
def journal(path):
    with Journal(path) as journal:
        yield journal


def planned(*students, digest="d1", version="v1"):
    return [Planned(student, digest, version) for student in students]


def outcome(student, **fields):
    return Outcome(
        student, "graded", ("note",), '{"a": "é"}', '{"b": 1}', {"check": [1, None]}, run=RUN, **fields
    )


def finish(journal, student, digest="d1"):
    journal.lease(LAB, student, "w")
    journal.done(LAB, outcome(student), digest)


def state(journal, student):
    return next(entry for entry in journal.entries(LAB) if entry.student == student)


@pytest.mark.parametrize(
    "given",
    [
        outcome("ada"),
        Outcome("ada", "not readable"),
        Outcome("ada", "graded", (), "x\n\ud800\x00 {", "", {"a": {"b": "\n" * 3}}, "2026-01-01", RUN),
    ],
)
def test_outcomes_come_back_as_they_were(journal, given):
    assert unpack(pack(given)) == given
    journal.plan(LAB, planned("ada"))
    journal.done(LAB, given, "d1")
    assert journal.outcome(LAB, "ada") == given
    assert list(journal.outcomes(LAB)) == [given]


def test_results_come_back_as_they_were():
    checks = {
        "stem": CheckResult(1.5, 2, "failed", "no_bias", "why"),
        "text": CheckResult(None, 3, "by hand"),
    }
    for result in (Result("graded", ("a", "b"), checks, 1.5, RUN), Result("not readable")):
        assert from_json(to_json(result)) == result
    with pytest.raises(ValueError, match="not a result"):
        from_json('{"status": "graded"}')


def test_a_submission_goes_from_queued_to_recorded(journal):
    assert journal.plan(LAB, planned("bob", "ada")) == ["ada", "bob"]
    assert counts(journal, LAB) == {"queued": 2}
    journal.lease(LAB, "ada", "worker 1")
    entry = state(journal, "ada")
    assert (entry.state, entry.tries, entry.worker) == ("leased", 1, "worker 1")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}\+00:00", entry.leased)
    journal.done(LAB, outcome("ada"), "d1")
    assert state(journal, "ada") == Entry("ada", "d1", "v1", "done", 1, 0, "", "", "", False)
    assert [o.student for o in journal.unrecorded(LAB)] == ["ada"]
    assert journal.results(LAB) == {}
    result = Result("graded", total=2.0, run=RUN)
    journal.recorded(LAB, {"ada": result})
    assert list(journal.unrecorded(LAB)) == []
    assert state(journal, "ada").recorded
    assert journal.results(LAB) == {"ada": result}


def test_how_it_was_executed_can_be_asked_in_sql(journal, path):
    journal.plan(LAB, planned("ada"))
    finish(journal, "ada")
    with sqlite3.connect(path) as db:
        found = db.execute(
            "SELECT isolation, kernel, seconds, peak_memory, finished FROM submission"
        ).fetchall()
    db.close()
    assert found == [(RUN.isolation, RUN.kernel, RUN.seconds, RUN.peak_memory, RUN.finished)]


def test_what_is_unchanged_is_not_executed_again(journal):
    journal.plan(LAB, planned("ada", "bob", "eve", "kim"))
    for student in ("ada", "bob", "eve"):
        finish(journal, student)
    journal.recorded(LAB, {"ada": Result("graded", total=1.0)})
    wanted = [*planned("ada"), *planned("bob", digest="d2"), *planned("eve", version="v2")]
    assert journal.plan(LAB, wanted) == ["bob", "eve"]
    assert {e.student: e.state for e in journal.entries(LAB)} == {
        "ada": "done", "bob": "queued", "eve": "queued", "kim": "queued",
    }  # fmt: skip
    assert list(journal.unrecorded(LAB)) == []  # an outcome of what was handed in before is no use
    assert journal.results(LAB) == {"ada": Result("graded", total=1.0)}  # it stays on record
    assert journal.plan(LAB, planned("ada"), again={"ada"}) == ["ada"]


def test_labs_do_not_mix(journal):
    journal.plan(LAB, planned("ada"))
    journal.plan("other", planned("ada"))
    finish(journal, "ada")
    assert counts(journal, "other")["queued"] == 1
    assert journal.outcome("other", "ada") is None


def test_leases_of_a_dead_run_are_queued_again_and_come_last(path):
    with Journal(path) as journal:
        journal.plan(LAB, planned("ada", "bob", "eve"))
        journal.lease(LAB, "ada", "w")
    with Journal(path) as journal:
        assert state(journal, "ada").state == "leased"
        assert journal.plan(LAB, planned("ada", "bob", "eve")) == ["bob", "eve", "ada"]
        assert state(journal, "ada").tries == 1
        assert state(journal, "ada").failures == 0  # the death of a run is no fault of the submission's


def test_a_submission_on_which_the_grader_fails_twice_is_given_up(journal):
    journal.plan(LAB, planned("ada"))
    journal.lease(LAB, "ada", "w")
    assert journal.failed(LAB, "ada", "the zygote died")
    assert journal.plan(LAB, planned("ada")) == ["ada"]
    journal.lease(LAB, "ada", "w")
    assert not journal.failed(LAB, "ada", "it died again")
    entry = state(journal, "ada")
    assert (entry.state, entry.tries, entry.failures, entry.reason) == (
        "could not grade",
        2,
        2,
        "it died again",
    )
    result = journal.results(LAB)["ada"]
    assert (result.status, result.total) == ("could not grade", None)
    assert result.notes == ("The grader failed, which costs no points: it died again",)


def give_up(journal, student):
    for _ in range(2):
        journal.lease(LAB, student, "w")
        journal.failed(LAB, student, "it died")


def test_what_could_not_be_graded_is_tried_again_by_the_next_run_after_the_others(journal):
    journal.plan(LAB, planned("ada"))
    give_up(journal, "ada")
    assert journal.plan(LAB, planned("ada", "bob", "eve")) == ["bob", "eve", "ada"]
    entry = state(journal, "ada")
    assert (entry.state, entry.tries, entry.failures, entry.reason) == ("queued", 2, 0, "")
    assert journal.results(LAB)["ada"].status == "could not grade"  # until there is another result
    give_up(journal, "ada")
    assert journal.plan(LAB, planned("bob")) == ["bob"]
    assert state(journal, "ada").state == "could not grade"  # whom a run does not want, it leaves alone
    assert journal.plan(LAB, planned("ada", "bob", digest="d2")) == ["ada", "bob"]
    assert (state(journal, "ada").tries, state(journal, "ada").failures) == (0, 0)


def test_what_brought_down_a_run_comes_last_also_where_all_is_repeated(journal):
    names = ("ada", "bob", "eve")
    journal.plan(LAB, planned(*names))
    for student in names:
        finish(journal, student)
    assert journal.plan(LAB, planned(*names), again=names) == list(names)
    journal.lease(LAB, "ada", "w")
    assert journal.plan(LAB, planned(*names), again=names) == ["bob", "eve", "ada"]


def test_a_loss_is_no_failure(journal):
    journal.plan(LAB, planned("ada"))
    for _ in range(5):
        journal.lease(LAB, "ada", "w")
        journal.lost(LAB, "ada", "the zygote ended")
    entry = state(journal, "ada")
    assert (entry.state, entry.tries, entry.failures, entry.reason) == ("queued", 5, 0, "the zygote ended")
    with pytest.raises(ValueError, match=r"ada is not leased"):
        journal.lost(LAB, "ada", "again")


def test_judging_again_keeps_the_submission_and_renews_the_version(journal):
    journal.plan(LAB, planned("ada"))
    finish(journal, "ada")
    journal.recorded(LAB, {"ada": Result("graded", total=1.0)})
    journal.done(LAB, outcome("ada"), "d1", version="v2")
    assert [o.student for o in journal.unrecorded(LAB)] == ["ada"]
    assert journal.plan(LAB, planned("ada", version="v2")) == []


def test_what_does_not_fit_is_an_error(journal):
    journal.plan(LAB, planned("ada"))
    with pytest.raises(ValueError, match=r"bob is not queued"):
        journal.lease(LAB, "bob", "w")
    with pytest.raises(ValueError, match=r"ada did not hand in d2"):
        journal.done(LAB, outcome("ada"), "d2")
    with pytest.raises(ValueError, match=r"bob is not to be graded"):
        journal.failed(LAB, "bob", "why")
    with pytest.raises(ValueError, match=r"2 submissions of 1 students"):
        journal.plan(LAB, planned("ada", "ada"))


@pytest.mark.parametrize("name", NAMES)
def test_names(journal, name):
    journal.plan(LAB, planned(*NAMES))
    finish(journal, name)
    journal.recorded(LAB, {name: Result("graded", total=1.0)})
    assert set(journal.results(LAB)) == {name}
    assert counts(journal, LAB)["queued"] == len(NAMES) - 1


def test_outcomes_may_be_recorded_while_they_are_read(journal):
    students = [f"s{n:02}" for n in range(30)]
    journal.plan(LAB, planned(*students))
    with journal.transaction():
        for student in students:
            finish(journal, student)
    seen = []
    for each in journal.unrecorded(LAB):
        journal.recorded(LAB, {each.student: Result("graded")})
        seen.append(each.student)
    assert seen == students


def test_a_transaction_is_all_or_nothing(journal, path):
    journal.plan(LAB, planned("ada"))

    def finish_both():
        with journal.transaction():
            finish(journal, "ada")
            finish(journal, "bob")

    with pytest.raises(ValueError, match="bob is not queued"):
        finish_both()
    assert state(journal, "ada").state == "queued"
    with journal.transaction():
        finish(journal, "ada")
        with Journal(path) as reader:  # others read what was there before
            assert counts(reader, LAB)["queued"] == 1


def test_every_commit_waits_for_the_disk(path):
    with Journal(path) as journal:
        pragma = {
            name: journal._db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous")
        }
    assert pragma == {"journal_mode": "wal", "synchronous": 2}  # 2: FULL


def test_a_full_disk_is_told_and_nothing_is_lost(path):
    with Journal(path) as journal:
        journal.plan(LAB, planned("ada", "bob"))
        finish(journal, "ada")
        pages = journal._db.execute("PRAGMA page_count").fetchone()[0]
        journal._db.execute(f"PRAGMA max_page_count = {pages}")
        large = Outcome("bob", "graded", (), os.urandom(100_000).hex())
        with pytest.raises(GraderError, match=r"journal\.db cannot be written .*full.* make room"):
            journal.done(LAB, large, "d1")
        assert [o.student for o in journal.outcomes(LAB)] == ["ada"]
        assert state(journal, "bob").state == "queued"
        journal._db.execute("PRAGMA max_page_count = 1000000")
        journal.done(LAB, large, "d1")
    with Journal(path) as journal:
        assert journal.outcome(LAB, "bob") == large


def test_what_is_no_journal_of_ours(path):
    assert read_results(path, LAB) == {}
    assert not path.exists()
    with Journal(path) as journal:
        journal._db.execute("PRAGMA user_version = 7")
    with pytest.raises(GraderError, match=r"newer version .*its format is 7, this version knows 1"):
        Journal(path)
    path.write_bytes(b"no database at all, " * 200)
    with pytest.raises(GraderError, match=r"is damaged .*move it away, with journal.db-wal"):
        Journal(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(GraderError, match=r"cannot be used: unable to open"):
        Journal(path)


@pytest.mark.parametrize("column", ["outcome", "result"])
def test_damage_inside_is_told(journal, column):
    journal.plan(LAB, planned("ada"))
    finish(journal, "ada")
    journal.recorded(LAB, {"ada": Result("graded")})
    journal._db.execute("UPDATE outcome SET data = x'00'")
    journal._db.execute("UPDATE submission SET result = '{'")
    with pytest.raises(GraderError, match=r"journal\.db is damaged"):
        journal.results(LAB) if column == "result" else list(journal.outcomes(LAB))


def test_a_second_run_is_told_who_is_grading(tmp_path):
    with grading_lock(tmp_path):
        message = (
            rf"another run is grading this course \(process {os.getpid()} on .*, since 20\d\d-.*wait for it"
        )
        with pytest.raises(GraderError, match=message), grading_lock(tmp_path):
            pass
    with grading_lock(tmp_path):
        pass


def test_two_processes_started_at_once(tmp_path):
    program = (
        "import sys, pathlib\n"
        "from autograder.lock import grading_lock; from autograder.errors import GraderError\n"
        "try:\n with grading_lock(pathlib.Path(sys.argv[1])): print('mine', flush=True); sys.stdin.read()\n"
        "except GraderError as error: print(error, flush=True); sys.stdin.read()"
    )
    with running(program, tmp_path) as first, running(program, tmp_path) as second:
        said = [first.stdout.readline(), second.stdout.readline()]
        assert sorted(line.startswith("another run is grading") for line in said) == [False, True]
        holder = first if said[0] == "mine\n" else second
        assert f"(process {holder.pid} on " in said[holder is first]
        holder.kill()  # as the dead hold nothing:
        holder.wait()
        with grading_lock(tmp_path):
            pass


@contextmanager
def running(program, folder):
    process = subprocess.Popen(
        [sys.executable, "-c", program, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.communicate("")


def test_a_forked_child_does_not_keep_the_lock(tmp_path):
    program = (
        "import os, sys, pathlib; from autograder.lock import grading_lock\n"
        "with grading_lock(pathlib.Path(sys.argv[1])):\n"
        " if os.fork() == 0:\n  print('ready', flush=True); sys.stdin.read(); os._exit(0)\n"
        " os.kill(os.getpid(), 9)"
    )
    with running(program, tmp_path) as process:
        assert process.stdout.readline() == "ready\n"
        process.wait()
        with grading_lock(tmp_path):
            pass


def test_a_course_that_cannot_be_locked(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(GraderError, match=r"grading\.lock cannot be opened"), grading_lock(tmp_path / "file"):
        pass
