"""What is shown while a class is graded: lines in a file, a bar on a terminal."""

import io
import re
from contextlib import redirect_stdout

import pytest
import rich
import rich.console

from autograder.grade import Step
from autograder.progress import NOTHING, shown
from autograder.results import CheckResult, Result

STEP_SECONDS = 2
PASSED = Result("graded", (), {"a": CheckResult(2, 2, "passed")}, 2.0)
PARTIAL = Result("graded", ("mended",), {"a": CheckResult(1, 2, "failed")}, 1.0)
CUT = Result("not readable", ("It is [red]cut off.",))
LOST = Result("could not grade", ("The disk was full.",))
RESULTS = {"ada": PASSED, "bob": PARTIAL, "cy": CUT, "dan": PASSED, "eve": LOST}


class Terminal(io.StringIO):
    """A terminal that keeps what is written to it, and whose clock stands still until a step passes."""

    seconds = 0.0

    def isatty(self):
        return True

    def left(self):
        """What is to be read on it in the end: lines that were written over are gone."""
        lines = [line.rpartition("\x1b[2K")[2] for line in self.getvalue().split("\n")]
        plain = [re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", line).strip() for line in lines]
        return [line for line in plain if line]


@pytest.fixture
def terminal(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(rich, "_console", None)
    monkeypatch.setattr(rich.console, "monotonic", lambda: terminal.seconds)
    for name, value in {"TERM": "xterm", "COLUMNS": "150", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    return terminal


def grade_all(show, count):
    show(Step(0, count))
    for number, (student, result) in enumerate(list(RESULTS.items())[:count], 1):
        show(Step(number, count, student, result))


def test_a_file_gets_a_line_per_student(capsys):
    with shown() as show:
        grade_all(show, 3)
    assert capsys.readouterr().out.splitlines() == [
        "[1/3] ada: graded 2 of 2 points",
        "[2/3] bob: graded 1 of 2 points [1 note]",
        "[3/3] cy: not readable: It is [red]cut off.",
    ]


def test_the_bar_counts_and_tells_rate_and_time_left(terminal):
    with redirect_stdout(terminal), shown() as show:
        show(Step(0, 10))
        for number in range(1, 5):
            terminal.seconds += STEP_SECONDS
            show(Step(number, 10, f"student{number}", PASSED))
        terminal.seconds += STEP_SECONDS
        show(Step(5, 10, "bob", PARTIAL))
    (bar,) = terminal.left()
    assert bar.startswith("5/10 ")
    assert " 30/min " in bar  # one in 2 seconds
    assert " 0:00:10 " in bar  # for the five that are left
    assert bar.endswith(" 1 partial, 4 passed")


def test_who_has_no_mark_is_told_above_the_bar(terminal):
    with redirect_stdout(terminal), shown() as show:
        grade_all(show, 5)
    *told, bar = terminal.left()
    assert told == ["cy: not readable: It is [red]cut off.", "eve: could not grade: The disk was full."]
    assert bar.startswith("5/5 ")
    assert bar.endswith(" 1 could not grade, 1 not readable, 1 partial, 2 passed")


def test_a_remark_is_shown_before_the_start(capsys, terminal):
    with shown() as show:
        show(Step(0, 0, remark="[x] is taken"))
    assert capsys.readouterr().out == "[x] is taken\n"
    with redirect_stdout(terminal), shown() as show:
        show(Step(0, 0, remark="[x] is taken"))
        grade_all(show, 1)
    assert terminal.left()[0] == "[x] is taken"


def test_a_run_with_nothing_to_do_says_so(capsys):
    with shown() as show:
        show(Step(0, 0))
    assert capsys.readouterr().out == f"{NOTHING}\n"


def test_a_run_with_nothing_to_do_says_so_and_shows_no_bar(terminal):
    with redirect_stdout(terminal), shown() as show:
        show(Step(0, 0))
    assert terminal.left() == [NOTHING]
