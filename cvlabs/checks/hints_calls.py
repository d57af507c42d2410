"""What to do where an answer raised: the line to run, or what its error is known to come from."""

import re
from collections.abc import Sequence

from cvlabs.checks.calling import is_not_written
from cvlabs.checks.probe import probe_layers, probe_model, probe_value
from cvlabs.checks.task import Case, Task, Trial
from cvlabs.checks.wording import cell_line

NOT_WRITTEN = (
    "This function, or one that it calls, is not written yet. If you have written it: does its cell show an "
    "error when you run it, and did you delete the line `raise NotImplementedError()`?"
)
TENSOR_AS_SETTING = (
    "A layer has two pairs of parentheses. The first one holds its settings and makes the layer, the second "
    "one holds the tensor: `{layer}(…)(x)`. You have given a tensor to the first one."
)
LAYER_AS_TENSOR = (
    "There is a layer where a tensor should be. `layers.Conv2D(…)` only makes a layer; its output is "
    "`layers.Conv2D(…)(x)`. Look for a line above that ends without `(x)`."
)
JOINED_TENSORS = (
    "A layer that joins tensors is made first, and then called on one list of them: `layers.Add()([x, y])`."
)
UNKNOWN_SIZE = (
    "A layer with weights has to know how many values it reads, and here that is None. Give `keras.Input` "
    "all sizes of an image, and flatten with `layers.Flatten()`: after `ops.reshape(x, (x.shape[0], -1))` it "
    "is not known, because the size of the batch, `x.shape[0]`, is None."
)
INPUTS_COUNTED = (
    "Layers of Keras are not told how many inputs they have: `layers.Dense(units)` and "
    "`layers.Conv2D(filters, kernel_size, strides, padding)` find that out when they are called."
)
LONGEST_LINE = 160  # characters of a line that is still read before it is copied

_KNOWN = {  # what Keras says
    r"Only input tensors may be passed as positional arguments.*: <\w+ name=.*, built=": LAYER_AS_TENSOR,
    r"`outputs` values must be KerasTensors.*: outputs=<\w+ name=.*, built=": LAYER_AS_TENSOR,
    r"must be fully-defined \(no `None` dimensions\)": UNKNOWN_SIZE,
    r"Could not interpret activation function identifier: \d": INPUTS_COUNTED,
    r"Conv2D.__init__\(\) got multiple values": INPUTS_COUNTED,
    r"too many positional arguments|Merge.__init__\(\) takes 1 positional argument": JOINED_TENSORS,
}


def hint_of_a_call(task: Task, cases: Sequence[Case], got: Sequence[Trial]) -> str:
    """Returns the hint for an answer that raised; empty where there is nothing to add."""
    if any(is_not_written(trial) for trial in got):
        return NOT_WRITTEN
    case, trial = next(pair for pair in zip(cases, got, strict=True) if pair[1]["outcome"] == "raised")
    if trial["layer"]:
        return TENSOR_AS_SETTING.format(layer=trial["layer"])
    known = (hint for words, hint in _KNOWN.items() if re.search(words, trial["message"]))
    return next(known, None) or _line_to_run(task, case)


def _line_to_run(task: Task, case: Case) -> str:
    """The call that fails, as a line of a cell; empty where it would be long or needs more than one line."""
    if task.probe not in (probe_value, probe_layers, probe_model):
        return ""
    line = cell_line(task, case)
    if len(line) > LONGEST_LINE:
        return ""
    return f"Run this line in a new cell, and read the error from its last line upwards: {line}"
