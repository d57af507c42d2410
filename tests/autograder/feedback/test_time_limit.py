"""Text that a renderer never comes to an end with, and text that it does."""

import gc
import signal
import threading
import time

import pytest
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from autograder.feedback.time_limit import time_limit


def work(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


# An alarm in a callback of the garbage collector (JAX has one) is swallowed there with a warning.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_rendering_that_does_not_end_is_stopped():
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(TimeoutError, match=r"longer than 0\.05 seconds"), time_limit(0.05):
        markdown2html_mistune("![](" * 20_000)
    assert signal.getsignal(signal.SIGALRM) is before


def test_a_swallowed_alarm_is_not_the_last_one():
    def stubborn():
        try:
            work(10)
        except TimeoutError:
            work(10)

    with pytest.raises(TimeoutError), time_limit(0.05):
        stubborn()
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_alarm_in_the_garbage_collector_is_not_the_last_one():
    def callback(phase, _):
        if phase == "start":
            time.sleep(0.2)

    def collect_and_work():
        gc.collect()
        work(10)

    gc.callbacks.append(callback)
    try:
        with pytest.raises(TimeoutError), time_limit(0.05):
            collect_and_work()
    finally:
        gc.callbacks.remove(callback)


def test_what_is_fast_enough_is_left_alone():
    with time_limit(60):
        assert "<strong>" in markdown2html_mistune("**fast**")
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_another_thread_has_no_limit():
    seen = []

    def limited():
        with time_limit(0.001):
            seen.append(signal.getitimer(signal.ITIMER_REAL))

    thread = threading.Thread(target=limited)
    thread.start()
    thread.join()
    assert seen == [(0.0, 0.0)]
