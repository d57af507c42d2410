"""What the tensors of a network take in memory: at inference, and in training.

Inference: calls run one after the other, for one image. A call's outputs come to life before its inputs may
go; a tensor goes after the last call that reads it. A view (`Flatten`, `Reshape`) and what is idle at
inference (dropout) bring no tensor of their own, nothing is computed in place, and the network's outputs
stay. Workspace of the kernels is not counted.

Training: a tensor is kept from the forward pass to the backward pass if a gradient reads it. A convolution, a
dense layer and a normalization read their input; ReLU its output; max pooling both; sums, concatenations and
average pooling neither. So of convolution, BatchNormalization and ReLU two outputs are kept, not three. On
top come the gradients of the activations, at most as many at once as tensors live at inference.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import keras

from cvlabs.cost.walk import Call, Tensor, itemsize
from cvlabs.whole_number import whole_number

OPTIMIZER_SLOTS = {"sgd": 0, "momentum": 1, "rmsprop": 1, "adagrad": 1, "lion": 1, "adam": 2, "adamw": 2}
"""Numbers that an optimizer keeps per parameter. `"momentum"` is SGD with momentum."""


@dataclass(frozen=True)
class TrainingBytes:
    """Memory of training, in bytes.

    Args:
        weights: Parameters and statistics, in the policy's variable type.
        gradients: Of the parameters that train.
        optimizer: What the optimizer keeps for them.
        activations: Tensors kept for the backward pass, for the whole batch.
        activation_gradients: The most that live at once, for the whole batch.
    """

    weights: int
    gradients: int
    optimizer: int
    activations: int
    activation_gradients: int

    @property
    def total(self) -> int:
        """The sum."""
        return sum(vars(self).values())


def peak_bytes(calls: Sequence[Call], outputs: Sequence[Tensor], itemsize: int | None = None) -> int:
    """Returns the most bytes of tensors that live at once at inference, for one image.

    Args:
        calls: The calls in order.
        outputs: The outputs of the network.
        itemsize: Bytes of one value, where they are not those that the model was built with.
    """
    home = _homes(calls, lambda call: call.work.is_view or call.work.is_idle)
    last: dict[Tensor, int] = {}
    for i, call in enumerate(calls):
        last |= {home[x]: i for x in (*call.inputs, *call.outputs)}
    last |= {home[x]: len(calls) for x in outputs}
    ending: dict[int, list[Tensor]] = {}
    for tensor, i in last.items():
        ending.setdefault(i, []).append(tensor)
    live = peak = 0
    for i, call in enumerate(calls):
        live += sum(_bytes(x, itemsize) for x in call.outputs if home[x] is x)
        peak = max(peak, live + inner_bytes(call, itemsize))
        live -= sum(_bytes(x, itemsize) for x in ending.get(i, ()))
    return peak


def kept_bytes(calls: Sequence[Call], itemsize: int | None = None) -> int:
    """Returns the bytes of the tensors that the backward pass reads, for one image; see `peak_bytes`."""
    home = _homes(calls, lambda call: call.work.is_view)
    kept: set[Tensor] = set()
    for call in calls:
        kept |= {home[x] for x in call.inputs if call.work.keeps_inputs}
        kept |= {home[x] for x in call.outputs if call.work.keeps_outputs}
    return sum(_bytes(x, itemsize) for x in kept) + sum(inner_bytes(call, itemsize) for call in calls)


def inner_bytes(call: Call, itemsize: int | None = None) -> int:
    """Returns the bytes of the tensors that a call makes besides its outputs, of the same type as those."""
    return call.work.inner * (itemsize or call.outputs[0].itemsize)


def training_bytes(
    calls: Sequence[Call], outputs: Sequence[Tensor], batch_size: int, optimizer: str, dtype_policy: str
) -> TrainingBytes:
    """Returns what training takes; see `Cost.training_bytes`."""
    whole_number("batch_size", batch_size)
    if not isinstance(optimizer, str) or optimizer not in OPTIMIZER_SLOTS:
        raise ValueError(f"optimizer must be one of {', '.join(OPTIMIZER_SLOTS)}, got {optimizer!r}.")
    policy = keras.DTypePolicy(dtype_policy)
    variable, compute = itemsize(policy.variable_dtype), itemsize(policy.compute_dtype)
    trainable = variable * sum(call.weights.trainable for call in calls)
    return TrainingBytes(
        weights=variable * sum(call.weights.params + call.weights.bn_statistics for call in calls),
        gradients=trainable,
        optimizer=trainable * OPTIMIZER_SLOTS[optimizer],
        activations=batch_size * kept_bytes(calls, compute),
        activation_gradients=batch_size * peak_bytes(calls, outputs, compute),
    )


def _homes(calls: Sequence[Call], passes_on: Callable[[Call], bool]) -> dict[Tensor, Tensor]:
    """Tells for each tensor which one its memory belongs to."""
    home: dict[Tensor, Tensor] = {}
    for call in calls:
        for x in call.outputs:
            home[x] = home[call.inputs[0]] if call.inputs and passes_on(call) else x
    return home


def _bytes(tensor: Tensor, itemsize: int | None) -> int:
    return tensor.size * (itemsize or tensor.itemsize)
