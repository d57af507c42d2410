"""Evidence: what a probe saw, as plain data, and its reading as untrusted input.

The evidence of a graded answer comes out of a process that runs a stranger's code. It is therefore JSON
with arrays as base64 text, capped in size, and whatever does not have the form below is refused. Never
pickle, never a deserialised layer.

    {"version": 2, "lab": "lab03_googlenet", "check": "stem", "signature": null, "trials": [trial, …]}

    trial = {"outcome": "raised", "type": …, "message": …, "where": …,
             "layer": …,                                        one that got a tensor among its settings
             "eager": bool}                                     whether it works on a tensor with values
          | {"outcome": "form", "got": …,                       the return value is no tensor, plain data, …
             "path": [int, …]}                                  where in nested sequences that stands; may be
                                                                left out
          | {"outcome": "value", "value": …}                    a number, a text, or a list of such, nested
          | {"outcome": "array", "output": array}               what a function of arrays returned
          | {"outcome": "built", "shapes": […], "params": [trainable, frozen], "params_twice": […] or null,
             "weights": {…}, "lost": {…},                       those of the model, and those that were made
                                                                along with it and are not part of it
             "outputs": [array, …], "noise": [float, float, …],
                                                                two for each output, see `cvlabs.checks.run`
             "trained": [array, …], "way": array, "values": [int, …]}
                                                                left out where the case does not ask for it
"""

import base64
import math

import numpy as np

MIME = "application/vnd.cvlabs.evidence+json"
VERSION = 2

MAX_TRIALS = 64
MAX_ARRAYS = 8
MAX_ELEMENTS = 1_000_000  # per array
MAX_TEXT = 2_000
MAX_WEIGHTS = 2_000
MAX_NUMBER = 1e30
MAX_DEPTH = 6  # of lists in a value
MAX_ENTRIES = 10_000  # of all lists of a value together
NOTHING = {"shape": [0], "data": ""}  # an array


class BadEvidence(ValueError):
    """The evidence does not have the form that a probe writes."""


def encode_array(array: np.ndarray) -> dict[str, object]:
    """Returns a float32 array as `{"shape": […], "data": base64 text}`."""
    data = np.ascontiguousarray(array, dtype="<f4")
    return {"shape": list(data.shape), "data": base64.b64encode(data.tobytes()).decode("ascii")}


def decode_array(value: object) -> np.ndarray:
    """Reads what `encode_array` wrote.

    Raises:
        BadEvidence: The value is not such an array, or larger than `MAX_ELEMENTS`.
    """
    record = _dict(value, "an array")
    shape = [_count(n) for n in _list(record.get("shape"), "an array's shape", 8)]
    size = math.prod(shape)
    most = max([size, *shape])  # of no elements, NumPy still makes no array of such lengths
    if most > MAX_ELEMENTS:
        raise BadEvidence(f"an array of {most:,} elements; at most {MAX_ELEMENTS:,} are read")
    data = record.get("data")
    if not isinstance(data, str) or len(data) != 4 * math.ceil(4 * size / 3):
        raise BadEvidence("an array whose data does not fit its shape")
    try:
        raw = base64.b64decode(data, validate=True)
    except ValueError as error:
        raise BadEvidence("an array whose data is not base64") from error
    if len(raw) != 4 * size:
        raise BadEvidence("an array whose data does not fit its shape")
    return np.frombuffer(raw, dtype="<f4").reshape(shape)


def read(value: object, lab: str, check: str, trials: int) -> tuple[str | None, list[dict[str, object]]]:
    """Validates untrusted evidence.

    Args:
        value: The JSON value that the grade cell emitted.
        lab: The lab that is graded.
        check: The check that the cell belongs to.
        trials: How many cases were drawn for it.

    Returns:
        What is wrong with the signature (`None` if it is right), and the validated trials; arrays are
        decoded. The trials are as many as the cases unless the signature is wrong.

    Raises:
        BadEvidence: Anything is not as a probe writes it.
    """
    record = _dict(value, "the evidence")
    if record.get("version") != VERSION:
        raise BadEvidence(f"version {_shown(record.get('version'))}; expected {VERSION}")
    for key, expected in (("lab", lab), ("check", check)):
        if record.get(key) != expected:
            raise BadEvidence(f"for the {key} {_shown(record.get(key))}; expected {expected!r}")
    signature = record.get("signature")
    if signature is not None:
        return _text(signature), []
    entries = _list(record.get("trials"), "the trials", MAX_TRIALS)
    if len(entries) != trials:
        raise BadEvidence(f"{len(entries)} trials; expected {trials}")
    return None, [_trial(entry) for entry in entries]


def _trial(value: object) -> dict[str, object]:
    record = _dict(value, "a trial")
    match record.get("outcome"):
        case "raised":
            fields = ("type", "message", "where", "layer")
            texts = {k: _text(record.get(k, "")) for k in fields}
            return {"outcome": "raised", **texts, "eager": record.get("eager") is True}
        case "form":
            path = [_count(n) for n in _list(record.get("path", []), "a path", MAX_DEPTH)]
            return {"outcome": "form", "got": _text(record.get("got", ""))} | ({"path": path} if path else {})
        case "value":
            return {"outcome": "value", "value": _plain(record.get("value"))}
        case "array":
            return {"outcome": "array", "output": decode_array(record.get("output"))}
        case "built":
            return _built(record)
        case other:
            raise BadEvidence(f"a trial with the outcome {_shown(other)}")


def _built(record: dict[str, object]) -> dict[str, object]:
    twice = record.get("params_twice")
    shapes = _list(record.get("shapes"), "the shapes", MAX_ARRAYS)
    return {
        "outcome": "built",
        "shapes": [
            [None if n is None else _count(n) for n in _list(shape, "a shape", 8)] for shape in shapes
        ],
        "params": _params(record.get("params")),
        "params_twice": None if twice is None else _count(twice),
        "weights": _weights(record.get("weights")),
        "lost": _weights(record.get("lost", {})),
        "outputs": [decode_array(a) for a in _list(record.get("outputs"), "the outputs", MAX_ARRAYS)],
        "noise": [float(_number(n)) for n in _list(record.get("noise"), "the noise", 2 * MAX_ARRAYS)],
        "trained": [
            decode_array(a) for a in _list(record.get("trained", []), "the outputs in training", MAX_ARRAYS)
        ],
        "way": decode_array(record.get("way", NOTHING)),
        "values": [_count(n) for n in _list(record.get("values", []), "the counts of values", MAX_ARRAYS)],
    }


def _weights(value: object) -> dict[str, int]:
    weights = _dict(value, "the weights")
    if len(weights) > MAX_WEIGHTS:
        raise BadEvidence(f"{len(weights):,} kinds of weights; at most {MAX_WEIGHTS:,} are read")
    return {_text(key): _count(n) for key, n in weights.items()}


def _params(value: object) -> list[int]:
    counts = [_count(n) for n in _list(value, "the parameter counts", 2)]
    if len(counts) != 2:
        raise BadEvidence(f"{len(counts)} parameter counts; expected those trainable and those frozen")
    return counts


def _plain(value: object) -> object:
    """Validates nested plain data, level by level."""
    level, entries = [value], 0
    for _ in range(MAX_DEPTH + 1):
        lists = [part for part in level if isinstance(part, list)]
        for part in level:
            if isinstance(part, str) and len(part) > MAX_TEXT:
                raise BadEvidence(f"a text of {len(part):,} characters; at most {MAX_TEXT:,} are read")
            if not isinstance(part, list | str):
                _number(part)
        entries += sum(map(len, lists))
        if entries > MAX_ENTRIES:
            raise BadEvidence(f"a value of {entries:,} entries; at most {MAX_ENTRIES:,} are read")
        if not lists:
            return value
        level = [part for one in lists for part in one]
    raise BadEvidence(f"a value nested more than {MAX_DEPTH} deep")


def _dict(value: object, what: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise BadEvidence(f"{what} must be an object, got {_shown(value)}")
    return value


def _list(value: object, what: str, longest: int) -> list[object]:
    if not isinstance(value, list):
        raise BadEvidence(f"{what} must be a list, got {_shown(value)}")
    if len(value) > longest:
        raise BadEvidence(f"{what}: {len(value):,} entries; at most {longest} are read")
    return value


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
        raise BadEvidence(f"a count must be a whole number, got {_shown(value)}")
    return value


def _number(value: object) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < MAX_NUMBER:
        raise BadEvidence(f"a value must be a number below 1e30, got {_shown(value)}")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadEvidence(f"expected text, got {_shown(value)}")
    return value[:MAX_TEXT].encode("utf-8", "replace").decode("utf-8")  # half of a surrogate pair is no text


def _shown(value: object) -> str:
    if isinstance(value, dict | list):  # as deep and as large as a stranger likes
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value):,}"
    return repr(value[:80] if isinstance(value, str) else value)[:80]
