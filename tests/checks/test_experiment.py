"""Experiments run where somebody sees them, and stop no notebook."""

import sys
from types import SimpleNamespace

import pytest

from cvlabs import grading
from cvlabs.checks import experiment

MODULE = sys.modules["cvlabs.checks.experiment"]  # under the function's name in the package


@pytest.fixture(autouse=True)
def _a_student_s_kernel(monkeypatch):
    monkeypatch.delenv(grading.CASES, raising=False)


@pytest.fixture
def _three_seconds(monkeypatch):
    """A clock of the test's own: on a busy machine even nothing may take a second."""
    monkeypatch.setattr(MODULE, "time", SimpleNamespace(monotonic=iter((5.0, 8.4)).__next__))


def raises(error):
    raise error


@pytest.mark.usefixtures("_three_seconds")
def test_it_runs_and_says_how_long(capfd):
    assert experiment(lambda: [3]) == [3]
    assert capfd.readouterr().out == "Took 3 seconds.\n"


def test_it_does_not_run_while_grading(monkeypatch, capfd):
    monkeypatch.setenv(grading.CASES, "{}")
    ran = []
    assert experiment(lambda: ran.append(1)) is None
    assert not ran
    assert capfd.readouterr().out == "Not run while grading.\n"


@pytest.mark.usefixtures("_three_seconds")
@pytest.mark.parametrize(
    ("error", "words"),
    [(NotImplementedError(), "not written yet"), (KeyboardInterrupt(), "Stopped after 3 s")],
)
def test_what_keeps_it_from_ending_is_said(error, words, capfd):
    assert experiment(lambda: raises(error)) is None
    assert words in capfd.readouterr().out


def test_other_errors_are_the_student_s_to_see():
    with pytest.raises(ZeroDivisionError):
        experiment(lambda: 1 / 0)
