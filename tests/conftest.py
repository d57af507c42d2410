"""Random numbers as a test sees them, others in each test and the same in each run; figures, never drawn."""

import random
import sys
import zlib

import pytest


def pytest_runtest_setup(item):
    _seed(item.nodeid)


def pytest_runtest_call(item):
    _seed(item.nodeid)


def _seed(name: str) -> None:
    """Weights, too: Keras draws the seeds that it is not given from Python's generator.

    Only the order of tests differs between runs; pytest-randomly would let the numbers differ, too.
    """
    seed = zlib.crc32(name.encode())
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(seed)
    else:
        random.seed(seed)


@pytest.fixture
def figures(monkeypatch):
    """The figures shown during a test."""
    pyplot = pytest.importorskip("matplotlib.pyplot")
    pyplot.switch_backend("agg")
    shown = []
    monkeypatch.setattr(pyplot, "show", lambda: shown.append(pyplot.gcf()))
    yield shown
    pyplot.close("all")
