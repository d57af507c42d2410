"""Figures as a test sees them: made, kept, never drawn."""

import pytest


@pytest.fixture
def figures(monkeypatch):
    """The figures shown during a test."""
    pyplot = pytest.importorskip("matplotlib.pyplot")
    pyplot.switch_backend("agg")
    shown = []
    monkeypatch.setattr(pyplot, "show", lambda: shown.append(pyplot.gcf()))
    yield shown
    pyplot.close("all")
