"""A graded kernel makes no figures, and so calls nobody's functions for them."""

import inspect
from pathlib import Path

import pytest

from cvlabs import plot
from cvlabs.grading import CASES


def never(*_, **__):
    raise AssertionError("called for a figure that nobody looks at")


@pytest.mark.parametrize("name", plot.__all__)
def test_no_function_is_called_and_no_figure_is_made(name, figures, monkeypatch, capsys):
    monkeypatch.setenv(CASES, "{}")
    getattr(plot, name)(never, ())
    assert figures == []
    assert capsys.readouterr().out == "Figures are not drawn while grading.\n"


@pytest.mark.parametrize("name", plot.__all__)
def test_a_figure_is_documented_as_if_it_were_not_wrapped(name):
    figure = getattr(plot, name)
    assert figure.__doc__
    assert "Args:" in figure.__doc__
    assert Path(inspect.getsourcefile(inspect.unwrap(figure))).parent.name == "plot"
