"""Whether this process grades a lab, and what is left out there."""

import os
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

CASES = "CVLABS_CHECK_CASES"
"""The variable in which a kernel that grades finds the cases of its checks."""

_Arguments = ParamSpec("_Arguments")


def is_graded() -> bool:
    """Whether this is a kernel that grades."""
    return CASES in os.environ


def for_readers(figure: Callable[_Arguments, None]) -> Callable[_Arguments, None]:
    """Makes a figure that is left out under grading.

    Nobody looks at it there and it decides nothing, but it would call the student's functions once more:
    a second GoogLeNet takes longer than its check.
    """

    @wraps(figure)
    def draw(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> None:
        if is_graded():
            print("Figures are not drawn while grading.")
        else:
            figure(*args, **kwargs)

    return draw
