"""What the judge knows about one exercise: the right answer, and the wrong ones that have a name."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """The reference of a check and its misconceptions.

    Args:
        reference: A right implementation, with the signature that the lab asks for.
        misconceptions: Wrong implementations with the same signature. A student's answer that behaves like
            one of them is told so: its `__name__` is the misconception's id, its docstring is the hint.
            The first that matches is named, so the likely ones stand first.
    """

    reference: Callable[..., object]
    misconceptions: tuple[Callable[..., object], ...] = ()
