"""How reports write calls, shapes, and nested plain data."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import fields

from cvlabs.checks.plain import Plain
from cvlabs.checks.task import Case, Task

ROOM = 72  # characters that a value may take before it is shortened


def call(task: Task, case: Case) -> str:
    """Writes a call as Python, long arguments shortened: `stem(x of shape N×224×224×3)`."""
    tensor = [f"x of shape {shape((None, *(case.input_shape or ())))}"] if task.takes_tensor else []
    spoken = dict(task.spoken)
    given = [f"{k}={spoken.get(k) or _written(value, repr, ROOM)}" for k, value in case.arguments.items()]
    return f"{task.name}({', '.join(tensor + given)})"


def in_full(task: Task, case: Case) -> str:
    """Writes a case for who knows the code: the call, and every other field that is not as by default."""
    others = (f for f in fields(case) if f.name not in ("arguments", "input_shape"))
    told = ((f.name, getattr(case, f.name)) for f in others if getattr(case, f.name) != f.default)
    return "; ".join([call(task, case), *(f"{name} {value}" for name, value in told)])


def cell_line(task: Task, case: Case) -> str:
    """Writes a call as a student may run it: `stem(keras.Input((224, 224, 3)))`."""
    tensor = [f"keras.Input({case.input_shape!r})"] if task.takes_tensor else []
    given = [repr(v) if case.positional else f"{name}={v!r}" for name, v in case.arguments.items()]
    return f"{task.name}({', '.join(tensor + given)})"


def listed(weights: Counter[str], most: int = 3) -> str:
    """Lists weights, the few that a student can read: `2 × kernel 3×3×64×96, bias 96`."""
    parts = [f"{n} × {key}" if n > 1 else key for key, n in list(weights.items())[:most]]
    return ", ".join(parts) + (" and others" if len(weights) > most else "")


def shape(sizes: Iterable[int | None]) -> str:
    """Writes a shape, `N` for the batch: `N×28×28×192`."""
    return "×".join("N" if n is None else str(n) for n in sizes)


def value(plain: Plain) -> str:
    """Writes plain data for reading: `1,792`, `'relu'`, `(9,408, 118,013,952)`."""
    is_names = isinstance(plain, list) and all(isinstance(part, str) for part in plain)
    return _written(tuple(plain) if isinstance(plain, list) and not is_names else plain, _readable, ROOM)


def form(plain: Plain) -> str:
    """Says what plain data is made of: "one number", "a list of 8 rows of 4 entries"."""
    if not isinstance(plain, list):
        return "a text" if isinstance(plain, str) else "one number"
    if not plain:
        return "an empty list"
    count = len(plain)
    if all(isinstance(part, list) for part in plain):
        rows, (least, most) = _many(count, "row"), (min(map(len, plain)), max(map(len, plain)))
        return f"a list of {rows} of {_many(most, 'entry')}" if least == most else f"a list of {rows}"
    texts = sum(isinstance(part, str) for part in plain)
    if texts in (0, count) and not any(isinstance(part, list) for part in plain):
        word = "text" if texts else "number"
        return f"a pair of {word}s" if count == 2 else f"a list of {_many(count, word)}"
    return f"a list of {_many(count, 'entry')}"


def _many(count: int, word: str) -> str:
    plural = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{count:,} {word if count == 1 else plural}"


def _readable(scalar: object) -> str:
    if isinstance(scalar, float) and scalar.is_integer():
        scalar = int(scalar)
    return repr(scalar) if isinstance(scalar, str) else f"{scalar:,}"


def _written(value: object, scalar: Callable[[object], str], room: int) -> str:
    """Writes a value in about `room` characters, of sequences the first entries."""
    if not isinstance(value, tuple | list):
        text = scalar(value)
        return text if len(text) <= room else f"{text[: room - 1]}…"
    first, last = "()" if isinstance(value, tuple) else "[]"
    parts: list[str] = []
    used = 0
    for part in value:
        text = _written(
            tuple(part) if isinstance(value, tuple) and isinstance(part, list) else part,
            scalar,
            max(room // 2, 12),
        )
        used += len(text) + 2
        if parts and used > room:
            parts.append(f"… {len(value) - len(parts)} more")
            break
        parts.append(text)
    comma = "," if len(value) == 1 and isinstance(value, tuple) else ""
    return f"{first}{', '.join(parts)}{comma}{last}"
