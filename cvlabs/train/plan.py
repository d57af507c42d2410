"""What a training will do: decided and checked before anything is built, written or trained."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import keras

from cvlabs.train import checkpoint, precision
from cvlabs.train.arguments import check_divisible, check_supported
from cvlabs.train.arrays import is_arrays
from cvlabs.train.batches import Batches, training_batches, validation_batches
from cvlabs.train.checkpoint import Checkpoint
from cvlabs.train.choices import Normalization, choose_normalization, choose_recipe
from cvlabs.train.devices import Devices, choose
from cvlabs.train.fits import check_batch, check_classes
from cvlabs.train.heads import heads_of
from cvlabs.train.recipe import Recipe
from cvlabs.train.recipes import is_trained
from cvlabs.train.scale import check_values

Data = Any


@dataclass(frozen=True)
class Plan:
    """A training before it begins.

    Args:
        recipe: How to train.
        reason: Why so.
        devices: What it runs on.
        policy: The dtype policy.
        batches: What it learns from.
        validation: Gives the batches it is tested on after each epoch, or `None`.
        normalization: What has to be put before the network, if anything.
        is_fresh: Whether the network has its initial weights.
        output: The folder, or `None`.
        found: The checkpoint that it goes on from, or `None`.
    """

    recipe: Recipe
    reason: str
    devices: Devices
    policy: str
    batches: Batches
    validation: Callable[[], Any] | None
    normalization: Normalization | None
    is_fresh: bool
    output: Path | None
    found: Checkpoint | None

    @property
    def facts(self) -> Mapping[str, Any]:
        """What is known of the data and its normalization, plain, by which the training is known again."""
        normalization = self.normalization and list(self.normalization)
        return {**self.batches.facts, "normalization": normalization}


def decide(
    model: keras.Model,
    train: Data,
    validation: Data | None,
    *,
    recipe: str | Recipe,
    epochs: int | None,
    batch_size: int | None,
    output: Path | None,
    resume: bool,
) -> Plan:
    """Decides what `fit` leaves open; the arguments are those of `fit`.

    Raises:
        ValueError: The network, the data, the recipe and the devices do not fit each other.
    """
    devices = choose()
    found = checkpoint.latest(output) if output is not None and resume else None
    before = found.facts["training"] if found is not None else None
    chosen, reason = choose_recipe(recipe, model, before)
    chosen = chosen if epochs is None else chosen.stretched(epochs)
    check_supported(chosen, devices)
    batches, tests = _data(model, train, validation, batch_size or chosen.batch_size, chosen.seed)
    if batch_size is not None and not is_arrays(train):
        raise ValueError(
            f"batch_size={batch_size} is for arrays, but train comes in batches: give them that size where "
            f"they are made, as in cvlabs.data.load(…, batch_size={batch_size})."
        )
    check_divisible(batches.batch_size, devices)
    batches = divisible(batches, devices)
    is_fresh = not is_trained(model)
    normalization = choose_normalization(model, batches, is_fresh, before)
    images = train[0] if is_arrays(train) else batches.example[0]
    check_values(model, images, normalization[1] if normalization is not None else None)
    return Plan(
        recipe=chosen,
        reason=reason,
        devices=devices,
        policy=precision.choose(chosen.precision, devices.kind),
        batches=batches,
        validation=tests,
        normalization=normalization,
        is_fresh=is_fresh,
        output=output,
        found=found,
    )


def divisible(batches: Batches, devices: Devices) -> Batches:
    """Returns what JAX's devices are trained on: not a last batch that they cannot divide among themselves.

    See `cvlabs.train.divided.even`, which leaves it out; the learning rate is that of so many steps.
    """
    rest = batches.images % batches.batch_size % devices.count
    if keras.backend.backend() != "jax" or not rest:
        return batches
    steps = batches.steps - 1
    return replace(batches, steps=steps, images=steps * batches.batch_size)


def _data(
    model: keras.Model, train: Data, validation: Data | None, size: int, seed: int
) -> tuple[Batches, Callable[[], Any] | None]:
    """Returns what to train and to test with, once it is known to fit the network."""
    classes = heads_of(model).classes
    check_classes(classes, train, validation)
    check = partial(check_batch, model, classes)
    batches = training_batches(train, size, seed, partial(check, "train"))
    if validation is None:
        return batches, None
    return batches, validation_batches(validation, batches.batch_size, partial(check, "validation"))
