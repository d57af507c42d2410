"""Running a builder that gets a block as an argument: the block is the probe's own.

So the builder is judged by what it does with any block, and not by the blocks of earlier exercises. These
here are no answer to anything: they have no normalization and no shortcut.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from keras import layers

from cvlabs.checks.calling import Function
from cvlabs.checks.probe import probe_model
from cvlabs.checks.task import Case, Trial

Tensor = Any  # a symbolic Keras tensor


def probe_model_of_blocks(answer: Function, case: Case) -> Trial:
    """Calls a function that returns a model, with the one of `BLOCKS` that the case names for `block`."""
    block = BLOCKS[str(case.arguments["block"])]
    return probe_model(answer, replace(case, arguments={**case.arguments, "block": block}))


def narrow_block(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """One convolution 3×3 to `filters` channels."""
    return layers.Conv2D(filters, 3, strides=strides, padding="same", activation="relu")(x)


def wide_block(x: Tensor, filters: int, strides: int = 1) -> Tensor:
    """Two convolutions, to twice as many channels as `filters`."""
    x = layers.Conv2D(filters, 1, strides=strides, activation="relu")(x)
    return layers.Conv2D(2 * filters, 3, padding="same", activation="relu")(x)


BLOCKS: Mapping[str, Callable[..., Tensor]] = {
    "narrow_block": narrow_block,
    "wide_block": wide_block,
}
