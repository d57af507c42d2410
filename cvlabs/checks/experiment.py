"""`experiment`: what a lab tries out, takes its time, and decides nothing.

    curves = experiment(degradation)             # trains for minutes in the student's kernel
    plot.lines({"your networks": curves}, …)     # shows nothing where the experiment did not run

Under grading an experiment does not run: no check looks at it, and a class of them would take days.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from cvlabs.grading import is_graded

Result = TypeVar("Result")


def experiment(function: Callable[[], Result]) -> Result | None:
    """Runs an experiment, if somebody is there to see it.

    Args:
        function: The experiment. It may call exercises that are not written yet.

    Returns:
        What the function returned. `None`, after a line that says why, while grading, if an exercise is not
        written, and if it was stopped.

    Raises:
        Exception: What the function raised otherwise.
    """
    if is_graded():
        print("Not run while grading.")
        return None
    start = time.monotonic()
    try:
        result = function()
    except NotImplementedError:
        print("Not run: it needs an exercise that is not written yet.")
        return None
    except KeyboardInterrupt:  # the student, or nbgrader's Validate, which gives a cell 30 seconds
        print(f"Stopped after {_seconds(start)}.")
        return None
    print(f"Took {_seconds(start)}.")
    return result


def _seconds(start: float) -> str:
    return f"{time.monotonic() - start:.0f} seconds"
