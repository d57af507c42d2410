"""Text that a renderer never comes to an end with, and text that it does."""

import signal
import threading

import pytest
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from autograder.feedback.time_limit import time_limit


def test_rendering_that_does_not_end_is_stopped():
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(TimeoutError, match=r"longer than 0\.05 seconds"), time_limit(0.05):
        markdown2html_mistune("![](" * 20_000)
    assert signal.getsignal(signal.SIGALRM) is before


def test_what_is_fast_enough_is_left_alone():
    with time_limit(60):
        assert "<strong>" in markdown2html_mistune("**fast**")
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_another_thread_has_no_limit():
    seen = []

    def work():
        with time_limit(0.001):
            seen.append(signal.getitimer(signal.ITIMER_REAL))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [(0.0, 0.0)]
