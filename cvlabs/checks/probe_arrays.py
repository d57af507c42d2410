"""Running a function of arrays: it gets tensors with values, and returns one."""

from typing import Any

import keras
import numpy as np

from cvlabs.checks import evidence
from cvlabs.checks.calling import Function, call_answer, raised
from cvlabs.checks.plain import kind_of
from cvlabs.checks.task import Case, Trial


def probe_arrays(answer: Function, case: Case) -> Trial:
    """Calls a function of a batch `x` and further arrays; a sequence among the arguments is an array."""
    generator = np.random.default_rng(case.seed)
    shape = (case.batch, *(case.input_shape or ()))
    x = case.mean + case.scale * generator.standard_normal(shape, dtype=np.float32)
    try:
        result = call_answer(_of_tensors(answer), case, keras.ops.convert_to_tensor(x))
        array = _array(result)
    except BaseException as error:  # noqa: BLE001  SystemExit and its kin are answers like any other
        return raised(error)
    if array is None:
        return {"outcome": "form", "got": kind_of(result)}
    return {"outcome": "array", "output": evidence.encode_array(array)}


def _of_tensors(answer: Function) -> Function:
    """A function of plain data that calls `answer` with tensors for sequences."""

    def call(*arguments: object, **named: object) -> object:
        return answer(*map(_tensor, arguments), **{name: _tensor(value) for name, value in named.items()})

    return call


def _tensor(value: object) -> object:
    return keras.ops.convert_to_tensor(value, "float32") if isinstance(value, tuple) else value


def _array(value: Any) -> np.ndarray | None:
    """The numbers of a tensor, an array or nested lists; `None` for anything else."""
    if isinstance(value, keras.KerasTensor | str | bool) or value is None:
        return None
    if keras.ops.is_tensor(value):
        value = keras.ops.convert_to_numpy(value)
    try:
        array = np.asarray(value)
    except (TypeError, ValueError):  # nested lists of different lengths, say
        return None
    if array.dtype.kind not in "iuf" or array.size > evidence.MAX_ELEMENTS:
        return None
    return array.astype(np.float32)
