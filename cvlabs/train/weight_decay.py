"""Weight decay of kernels alone, and the optimizers that apply it as their papers do.

Biases and the scales and shifts of normalizations are spared: pulling them to zero regularizes nothing and
costs accuracy. Reference: He et al., "Bag of Tricks for Image Classification", CVPR 2019, section 3.1.
"""

from dataclasses import dataclass
from typing import Any

import keras
from keras import ops

from cvlabs.layers.xla import in_xla
from cvlabs.train.schedule import saved

Tensor = Any


def decays(variable: Any) -> bool:
    """Whether weight decay takes a variable: kernels, which have two dimensions or more."""
    return len(variable.shape) > 1


class _KeepsAverage:
    """Keeps the average of the weights beside them; `cvlabs.train.average` decides when it is used.

    Keras overwrites the weights with it whenever `fit` ends, which here is after each epoch.
    """

    def finalize_variable_values(self, var_list: list[Any]) -> None:
        """Does nothing."""


@saved
class L2SGD(_KeepsAverage, keras.optimizers.SGD):
    """SGD whose weight decay is part of the gradient, so it goes through the momentum.

    That is the weight decay of the papers up to 2016, and torch's. Keras' own `weight_decay` is subtracted
    from the weights beside the momentum, which is about a tenth of it at momentum 0.9.

    Args:
        learning_rate: Number or schedule.
        l2: Weight decay.
        **arguments: Those of `keras.optimizers.SGD`.
    """

    def __init__(self, learning_rate: Any, l2: float = 0.0, **arguments: Any) -> None:
        super().__init__(learning_rate, **arguments)
        self.l2 = l2

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments."""
        return super().get_config() | {"l2": self.l2}

    def update_step(self, gradient: Tensor, variable: Any, learning_rate: Tensor) -> None:
        """Moves one variable."""
        if self.l2 and decays(variable):
            gradient = gradient + self.l2 * ops.cast(variable, gradient.dtype)
        if self._can_fuse(variable):
            self._fused_step(gradient, variable, learning_rate)
        else:
            super().update_step(gradient, variable, learning_rate)

    def _can_fuse(self, variable: Any) -> bool:
        """Whether TensorFlow's kernel, which does all of Keras' operations in one, takes the variable."""
        return (
            keras.backend.backend() == "tensorflow"
            and self.momentum != 0
            and self._distribution_strategy.num_replicas_in_sync == 1
            and hasattr(variable, "handle")
            and not in_xla()
        )

    def _fused_step(self, gradient: Tensor, variable: Any, learning_rate: Tensor) -> None:
        import tensorflow as tf

        tf.raw_ops.ResourceApplyKerasMomentum(
            var=variable.handle,
            accum=self.momentums[self._get_variable_index(variable)].value.handle,
            lr=tf.cast(learning_rate, variable.dtype),
            grad=tf.cast(gradient, variable.dtype),
            momentum=tf.constant(self.momentum, variable.dtype),
            use_nesterov=self.nesterov,
        )


@saved
class Lamb(_KeepsAverage, keras.optimizers.Lamb):
    """LAMB whose weight decay is part of the update that the trust ratio scales, as in the paper.

    Variables without weight decay, biases and normalizations, move without a trust ratio, as in timm, whose
    LAMB the published recipes were trained with.

    Reference: You et al., "Large Batch Optimization for Deep Learning", ICLR 2020, algorithm 2.

    Args:
        learning_rate: Number or schedule.
        decay: Weight decay.
        **arguments: Those of `keras.optimizers.Lamb`.
    """

    def __init__(self, learning_rate: Any, decay: float = 0.0, **arguments: Any) -> None:
        super().__init__(learning_rate, **arguments)
        self.decay = decay

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments."""
        return super().get_config() | {"decay": self.decay}

    def update_step(self, gradient: Tensor, variable: Any, learning_rate: Tensor) -> None:
        """Moves one variable."""
        dtype = variable.dtype
        rate, gradient = ops.cast(learning_rate, dtype), ops.cast(gradient, dtype)
        step = ops.cast(self.iterations + 1, dtype)
        beta_1, beta_2 = ops.cast(self.beta_1, dtype), ops.cast(self.beta_2, dtype)
        i = self._get_variable_index(variable)
        mean, square = self._momentums[i], self._velocities[i]
        self.assign_add(mean, (gradient - mean) * (1 - beta_1))
        self.assign_add(square, (ops.square(gradient) - square) * (1 - beta_2))
        corrected = square / (1 - ops.power(beta_2, step))
        update = mean / (1 - ops.power(beta_1, step)) / (ops.sqrt(corrected) + self.epsilon)
        if decays(variable):
            update = update + self.decay * variable
            size, change = ops.sqrt(ops.sum(ops.square(variable))), ops.sqrt(ops.sum(ops.square(update)))
            known = ops.logical_and(size > 0, change > 0)
            rate = rate * ops.where(known, size / ops.where(known, change, 1.0), 1.0)
        self.assign_sub(variable, rate * update)


@dataclass(frozen=True)
class Momentum:
    """Makes SGD with momentum.

    Args:
        momentum: Part of the last step that the next one keeps.
        nesterov: Whether the gradient counts again after the momentum; Nesterov's form.
    """

    momentum: float = 0.9
    nesterov: bool = False
    cost_name = "momentum"

    def __call__(self, learning_rate: Any, weight_decay: float, **arguments: Any) -> keras.Optimizer:
        """Returns the optimizer."""
        return L2SGD(
            learning_rate, l2=weight_decay, momentum=self.momentum, nesterov=self.nesterov, **arguments
        )


@dataclass(frozen=True)
class LayerwiseAdaptive:
    """Makes LAMB, which takes large batches.

    Args:
        epsilon: What is added to the root of the squares.
    """

    epsilon: float = 1e-6
    cost_name = "adam"

    def __call__(self, learning_rate: Any, weight_decay: float, **arguments: Any) -> keras.Optimizer:
        """Returns the optimizer."""
        return Lamb(learning_rate, decay=weight_decay, epsilon=self.epsilon, **arguments)


@dataclass(frozen=True)
class AdamW:
    """Makes Adam with decoupled weight decay.

    Reference: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019.

    Args:
        beta_2: Decay of the average of squares.
    """

    beta_2: float = 0.999
    cost_name = "adamw"

    def __call__(self, learning_rate: Any, weight_decay: float, **arguments: Any) -> keras.Optimizer:
        """Returns the optimizer; what it spares, it learns when it is built."""
        return _SparingAdamW(learning_rate, weight_decay=weight_decay, beta_2=self.beta_2, **arguments)


@saved
class _SparingAdamW(_KeepsAverage, keras.optimizers.AdamW):
    """AdamW that spares what `decays` spares."""

    def build(self, variables: list[Any]) -> None:
        if not self.built:
            self.exclude_from_weight_decay([v for v in variables if not decays(v)])
        super().build(variables)
