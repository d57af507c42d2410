"""Whom the grader fails on: what counts as a failure, who runs alone, and what the next run does about it."""

import copy
from concurrent.futures import Future
from contextlib import nullcontext

import pytest
from nbgrader.api import Gradebook

from autograder import cli, grade, rejudge
from autograder.errors import GraderError
from autograder.execute import ExecuteProbes, KernelLost
from autograder.gradebook import record
from autograder.gradebook.lab import NotThisLab
from autograder.journal import Journal
from autograder.labs import build
from tests.autograder import fake_grading
from tests.autograder.fake_grading import InlineCrew, pretend
from tests.autograder.tiny_lab import CHECKS, LAB, cell_of, hand_in


@pytest.fixture
def fake(monkeypatch):
    client = pretend(monkeypatch)
    monkeypatch.setattr(build, "known_checks", lambda: CHECKS)
    monkeypatch.setattr(rejudge, "judge_client", lambda log: client)
    return client


@pytest.fixture
def folder(tmp_path, solved):
    """A class of three: the grader fails on one, another's check has no verdict."""
    hand_in(tmp_path / "class", "ada", solved)
    for student, name, source in (
        ("fault", "conv_params", "# GRADER FAULT"),
        ("open", "conv_macs", "conv_macs = lambda *sizes: -1"),
    ):
        notebook = copy.deepcopy(solved)
        cell_of(notebook, name).source = source
        hand_in(tmp_path / "class", student, notebook)
    return tmp_path / "class"


@pytest.fixture
def call(course, folder, fake, monkeypatch, capsys):
    """Calls `grade` and returns its exit status and the lines that it prints."""
    monkeypatch.setattr(cli, "Course", lambda root=course.root: course)

    def run(*arguments):
        status = cli.main(["grade", "lab90", *arguments])
        printed = capsys.readouterr()
        return status, (printed.out + printed.err).splitlines()

    return run


def executed(lines):
    return [line.split()[1].rstrip(":") for line in lines if line.startswith("[")]


def test_the_end_of_a_run_says_who_could_not_be_graded_and_how_to_go_on(call, folder, monkeypatch):
    status, lines = call("--from", str(folder))
    assert (status, sorted(executed(lines))) == (1, ["ada", "fault", "open"])
    failed = "Could not be graded: fault; the grader failed: the same command tries again"
    no_verdict = (
        "Could not be graded: open; a check has no verdict: judge it again, "
        f"python -m autograder grade {LAB} --rejudge, or give its points in the formgrader"
    )
    assert lines[-2:] == [failed, no_verdict]

    status, lines = call("--from", str(folder))
    assert (status, executed(lines)) == (1, ["fault"])
    assert lines[-2:] == [failed, no_verdict]

    monkeypatch.setattr(ExecuteProbes, "execute", without_faults)
    status, lines = call("--from", str(folder))
    assert (status, executed(lines)) == (1, ["fault"])
    assert lines[-1:] == [no_verdict]
    assert "Could not be graded: fault" not in "\n".join(lines)

    monkeypatch.setattr(fake_grading.FakeJudge, "ask", lambda self, **request: {"outcome": "passed"})
    assert call("--rejudge")[0] == 0
    status, lines = call("--from", str(folder))
    assert (status, executed(lines)) == (0, [])
    assert lines[0].startswith("Nothing was executed: nothing has changed")


def without_faults(self, notebook, given, files):
    for cell in notebook.cells:
        cell.source = cell.source.replace("# GRADER FAULT", "conv_params = lambda *sizes: 0")
    return fake_grading.execute(self, notebook, given, files)


def test_points_that_a_person_gives_stand_in_for_a_verdict(call, course, folder):
    call("--from", str(folder), "--only", "open")
    with Gradebook(course.database) as gradebook:
        gradebook.find_grade("check_conv_macs", LAB, LAB, "open").manual_score = 1
        gradebook.db.commit()
    status, lines = call("--from", str(folder), "--only", "open")
    assert (status, executed(lines)) == (0, [])


def test_what_does_not_fit_the_gradebook_would_come_to_the_same_again(call, folder, monkeypatch):
    def misfit(lab, notebook):
        raise NotThisLab("there is no cell why")

    with monkeypatch.context() as patch:
        patch.setattr(record, "read_judged", misfit)
        status, lines = call("--from", str(folder), "--only", "ada")
    assert (status, executed(lines)) == (1, ["ada"])
    assert "then --again --only STUDENT" in lines[-1]
    status, lines = call("--from", str(folder), "--only", "ada")
    assert (status, executed(lines)) == (1, [])
    assert call("--from", str(folder), "--only", "ada", "--again")[0] == 0


def test_a_line_names_five_and_counts_the_rest(course, fake, folder, solved, call):
    for number in range(6):
        notebook = copy.deepcopy(solved)
        cell_of(notebook, "conv_params").source = "# GRADER FAULT"
        hand_in(folder, f"fault{number}", notebook)
    lines = call("--from", str(folder))[1]
    assert "Could not be graded: fault, fault0, fault1, fault2, fault3 and 2 more; the grader" in lines[-2]


class OneFailsForAll:
    """Workers of whom one finds that nothing can be run, when another has just ended."""

    capacity = 2

    def submit(self, task, lab, one, *rest):
        future = Future()
        if one.student == "ada":
            future.set_exception(GraderError("nothing isolates here"))
        else:
            future.set_result(task(lab, one, *rest))
        return future


def test_what_ended_beside_an_error_that_stops_the_run_is_kept(course, fake, folder):
    with pytest.raises(GraderError, match=r"^nothing isolates here$"):
        grade.grade(course, LAB, folder, crew=nullcontext(OneFailsForAll()), select=TWO)
    with Journal(course.journal) as journal:
        states = {entry.student: entry.state for entry in journal.entries(LAB)}
    assert states == {"ada": "leased", "open": "done"}
    steps = []
    results = grade.grade(course, LAB, folder, steps.append, crew=nullcontext(InlineCrew()), select=TWO)
    assert [step.student for step in steps if step.student] == ["ada"]
    assert set(results) == {"ada", "open"}


TWO = grade.Selection(only=("ada", "open"))


class OneZygote:
    """Workers whose kernels come from one zygote: all that run beside each other end at the same time."""

    capacity = 2

    def __init__(self, culprit=""):
        self.culprit, self.rounds, self.waiting = culprit, [], {}

    def submit(self, task, lab, one, *rest):
        future = Future()
        self.waiting[future] = (one.student, lambda: task(lab, one, *rest))
        return future

    def wait(self, running, return_when):
        """Stands in for `concurrent.futures.wait`; the culprit's code ends the zygote."""
        self.rounds.append([self.waiting[future][0] for future in running])
        for future in running:
            _, run = self.waiting.pop(future)
            if self.culprit in self.rounds[-1]:
                future.set_exception(KernelLost("the zygote ended"))
            else:
                future.set_result(run())
        return set(running), set()


def test_who_ends_the_zygote_takes_nobody_along(course, fake, solved, tmp_path, monkeypatch):
    for student in ("ada", "bad", "cy", "dan"):
        hand_in(tmp_path / "four", student, solved)
    crew = OneZygote(culprit="bad")
    monkeypatch.setattr(grade, "wait", crew.wait)
    results = grade.grade(course, LAB, tmp_path / "four", crew=nullcontext(crew))
    assert {s: r.total for s, r in results.items()} == {"ada": 4, "bad": None, "cy": 4, "dan": 4}
    assert crew.rounds.count(["bad"]) == grade.TRIES  # alone, it is its own doing
    with Journal(course.journal) as journal:
        entries = {entry.student: entry for entry in journal.entries(LAB)}
    assert {student: entry.failures for student, entry in entries.items()} == {
        "ada": 0, "bad": grade.TRIES, "cy": 0, "dan": 0,
    }  # fmt: skip
    assert entries["bad"].reason == "KernelLost: the zygote ended"


def test_a_choice_that_leaves_nobody_is_told(course, fake, folder):
    parts = [grade.Selection(only=("ada",), shard=(part, 2)) for part in (1, 2)]
    (part,) = (part for part in parts if not part.takes("ada"))
    message = rf"^--shard {part.shard[0]}/2 has nobody of --only 'ada'; leave out --shard$"
    with pytest.raises(GraderError, match=message):
        grade.grade(course, LAB, folder, crew=nullcontext(InlineCrew()), select=part)


def test_a_part_of_a_small_class_may_be_empty(course, fake, folder):
    steps = []
    count = len(list(folder.iterdir()))
    for part in range(1, 41):
        select = grade.Selection(shard=(part, 40))
        results = grade.grade(
            course, LAB, folder, steps.append, crew=nullcontext(InlineCrew()), select=select
        )
        if not results:
            break
        steps.clear()
    assert [step.remark for step in steps] == [f"--shard {part}/40 has nobody of {count} submissions"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--rejudge", "--jobs", "2"], "--rejudge executes nothing and takes no --jobs; leave that out"),
        (
            ["--rejudge", "--shard", "1/2", "--again"],
            "--rejudge executes nothing and takes no --shard, --again",
        ),
        (["--rejudge", "--unsafe"], "takes no --unsafe"),
        (["--rejudge", "--cluster", "tcp://x:1"], "takes no --cluster"),
        (["--from", "x", "--cluster", "tcp://x:1", "--jobs", "2"], "--cluster has workers of its own"),
        (["--from", "x", "--cluster", ""], "--cluster got ''; expected"),
    ],
)
def test_an_option_that_would_change_nothing_is_a_mistake(call, arguments, told):
    status, lines = call(*arguments)
    assert (status, len(lines)) == (2, 1)
    assert lines[0].startswith("autograder: ")
    assert told in lines[0]


def test_late_says_where_nobody_was_graded(course, monkeypatch, capsys):
    monkeypatch.setattr(cli, "Course", lambda root=course.root: course)
    assert cli.main(["late", "lab90"]) == 2
    assert capsys.readouterr().err.startswith(f"autograder: nobody was graded in {LAB} yet; run: python -m")
