"""What `fit` is asked for: checked before anything is printed, written or trained."""

from collections.abc import Iterable
from typing import Any

import keras

from cvlabs.graph import unroll
from cvlabs.train.devices import Devices
from cvlabs.train.recipe import Recipe

_SET_THE_RATE = (keras.callbacks.ReduceLROnPlateau, keras.callbacks.LearningRateScheduler)


def check_model(model: Any) -> None:
    """Checks that a model is a network that `fit` can look into.

    Raises:
        ValueError: It is none, is not built, or does not take images.
    """
    unroll(model)
    if len(model.inputs) != 1 or len(model.inputs[0].shape) != 4:
        shapes = ", ".join(str(x.shape) for x in model.inputs)
        raise ValueError(f"{model.name} takes {shapes}; a classifier of images takes N×H×W×C.")


def callback_list(callbacks: Any) -> list[keras.callbacks.Callback]:
    """Returns the callbacks.

    Raises:
        ValueError: They are not in a list, are something else, or would set the learning rate.
    """
    if not isinstance(callbacks, Iterable):
        name = type(callbacks).__name__
        raise ValueError(f"callbacks must be a list of Keras callbacks, got {name}; write callbacks=[…].")
    found = list(callbacks)
    for one in found:
        if not isinstance(one, keras.callbacks.Callback):
            raise ValueError(f"callbacks must be Keras callbacks, got {type(one).__name__}.")
        if isinstance(one, _SET_THE_RATE):
            raise ValueError(
                f"{type(one).__name__} cannot set the learning rate, which is the recipe's: leave it out, "
                "and choose another with dataclasses.replace(recipe, schedule=…)."
            )
    return found


def check_supported(recipe: Recipe, devices: Devices) -> None:
    """Checks that several devices can do what a recipe says.

    Raises:
        ValueError: They cannot.
    """
    several = devices.is_several and keras.backend.backend() == "tensorflow"
    for name, default in (("accumulation", 1), ("ema_momentum", None)):
        if several and getattr(recipe, name) != default:
            raise ValueError(
                f"{name}={getattr(recipe, name)} is not possible on several devices with TensorFlow; with "
                "KERAS_BACKEND=jax it is, or with one device: CUDA_VISIBLE_DEVICES=0."
            )


def check_divisible(batch_size: int, devices: Devices) -> None:
    """Checks that the devices can divide a batch among themselves; TensorFlow's take unequal parts, too.

    Raises:
        ValueError: They cannot.
    """
    count = devices.count
    if keras.backend.backend() == "jax" and batch_size % count:
        near = max(batch_size // count, 1) * count
        raise ValueError(
            f"A batch of {batch_size} images cannot be divided among {count} devices into equal parts: "
            f"choose a multiple of {count}, such as batch_size={near}."
        )
