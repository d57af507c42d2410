"""What makes the grader's own process grow is noticed, and whose doing it is."""

import sys
import threading

import pytest

from autograder.kernels import growth
from autograder.kernels.growth import growth_limit

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limit is there on Linux alone")
SECONDS = 60


@pytest.fixture
def sizes(monkeypatch):
    """What the process's memory seems to be."""
    found = {"now": 500}
    monkeypatch.setattr(growth, "_resident", lambda: found["now"])
    return found


def test_growth_beyond_the_limit_is_told_once(sizes):
    told, heard = [], threading.Event()

    def act(alone):
        told.append(alone)
        heard.set()

    with growth_limit(100, act):
        sizes["now"] = 601
        assert heard.wait(SECONDS)
    assert told == [True]


def test_growth_up_to_the_limit_is_allowed(sizes, monkeypatch):
    looks, told = threading.Semaphore(0), []
    monkeypatch.setattr(growth, "_resident", lambda: looks.release() or sizes["now"])
    with growth_limit(100, told.append):
        sizes["now"] = 600
        for _ in range(3):
            assert looks.acquire(timeout=SECONDS)
    assert told == []


def test_beside_another_it_is_not_known_whose_doing_it_is(sizes):
    told = {name: [] for name in "ab"}
    heard = threading.Barrier(3)

    def act(name):
        return lambda alone: (told[name].append(alone), heard.wait(SECONDS))

    with growth_limit(100, act("a")), growth_limit(100, act("b")):
        sizes["now"] = 700
        heard.wait(SECONDS)
    assert told == {"a": [False], "b": [False]}
    assert growth._watched == []


def test_the_memory_of_this_process_is_told():
    before = growth._resident()
    block = b"x" * 50_000_000
    assert growth._resident() - before > len(block) // 2
