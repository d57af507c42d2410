"""Calling an answer on a case, and what it raised as plain evidence."""

import copy
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import keras

from cvlabs.checks import evidence
from cvlabs.checks.task import Case, Trial

Function = Callable[..., object]

_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")  # colors and bold for terminals, as Keras' messages have them
_ARGUMENTS = "\n\nArguments received by "  # from here on, Keras' messages repeat what they have named
_CHECKS = str(Path(__file__).parent)


def call_answer(answer: Function, case: Case, *tensor: object) -> object:
    """Calls an answer with the arguments of a case, behind the tensor if it takes one."""
    arguments = copy.deepcopy(dict(case.arguments))  # the answer may change what it was given
    if case.positional:
        return answer(*tensor, *arguments.values())
    return answer(*tensor, **arguments)


def raised(error: BaseException) -> Trial:
    """Returns the evidence of an answer that raised.

    Raises:
        KeyboardInterrupt: That is what it raised: the time budget, or a student who presses stop.
    """
    if isinstance(error, KeyboardInterrupt):
        raise error
    return {
        "outcome": "raised",
        "type": type(error).__name__[:100],
        "message": _message(error)[: evidence.MAX_TEXT],
        "where": _where(error)[:300],
        "layer": _layer_made_with_a_tensor(error.__traceback__)[:100],
    }


def is_not_written(trial: Trial) -> bool:
    """Whether an answer, or one that it calls, still has the line that it was handed out with."""
    error = (trial["type"], trial["message"]) if trial["outcome"] == "raised" else None
    return error == ("NotImplementedError", "")  # Keras raises such errors, too, but never without a message


def _message(error: BaseException) -> str:
    try:
        return _ESCAPES.sub("", str(error)).partition(_ARGUMENTS)[0].strip()
    except Exception:  # noqa: BLE001  a stranger's __str__
        return ""


def _where(error: BaseException) -> str:
    """The last line of the traceback that is the student's own, not a library's."""
    libraries = (*sys.path[1:], sys.prefix, sys.base_prefix, _CHECKS)
    own = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.line and not any(place and frame.filename.startswith(place) for place in libraries)
    ]
    return f"line {own[-1].lineno}: {own[-1].line}" if own else ""


def _layer_made_with_a_tensor(trace: TracebackType | None) -> str:
    """The class of a layer, not the student's own, that got a tensor where it takes its settings.

    That is `layers.ReLU(x)` for `layers.ReLU()(x)`, of which the errors of Keras do not tell.
    """
    for frame, _ in traceback.walk_tb(trace):
        if frame.f_code.co_name != "__init__":
            continue
        kind = type(frame.f_locals.get("self"))
        if not issubclass(kind, keras.Layer) or issubclass(kind, keras.Model):  # models are made of tensors
            continue
        if not str(kind.__module__).startswith(("keras.", "cvlabs.")):
            continue
        settings = frame.f_locals.values()
        parts = [part for value in settings for part in (value if type(value) in (list, tuple) else [value])]
        if any(type(part) is keras.KerasTensor for part in parts):
            return kind.__name__
    return ""
