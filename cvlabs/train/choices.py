"""What a training decides for itself: recipe and normalization; one that goes on keeps what was decided.

A network that has been trained looks otherwise than a fresh one, so to decide again would decide otherwise.
"""

from collections.abc import Mapping
from typing import Any

import keras

from cvlabs.train.batches import Batches
from cvlabs.train.normalization import published_statistics, takes_pixels, with_normalization
from cvlabs.train.recipe import Recipe
from cvlabs.train.recipes import RECIPES, recipe_of

Normalization = tuple[list[float], list[float], str]
"""Mean and deviation of each channel, and of what."""


def choose_recipe(
    asked: str | Recipe, model: keras.Model, before: Mapping[str, Any] | None
) -> tuple[Recipe, str]:
    """Returns the recipe, and why.

    Args:
        asked: As for `fit`.
        model: The network.
        before: What the checkpoint says that the training goes on from (see `identity`), if it does.

    Raises:
        ValueError: An unknown name.
    """
    name = before.get("name") if before is not None else None
    if asked == "auto" and name in RECIPES:
        return RECIPES[name], "as in the checkpoint"
    return recipe_of(asked, model)


def choose_normalization(
    model: keras.Model, batches: Batches, fresh: bool, before: Mapping[str, Any] | None
) -> Normalization | None:
    """Returns what has to be put before a network; nothing if it normalizes, or nothing is known.

    Args:
        model: The network.
        batches: What it is trained on.
        fresh: Whether it has its initial weights.
        before: As for `choose_recipe`.
    """
    if takes_pixels(model):
        return None
    if before is not None:
        found = before.get("normalization")
        return (found[0], found[1], found[2]) if found else None
    published = None if fresh else published_statistics(model.name)
    return batches.statistics if published is None else (*published, "of the published weights")


def normalized(model: keras.Model, normalization: Normalization | None) -> keras.Model:
    """Returns the network with what has to be put before it."""
    return model if normalization is None else with_normalization(model, *normalization[:2])


def in_words(model: keras.Model, normalization: Normalization | None) -> str:
    """Returns a line about what is put before a network; nothing for one that normalizes by itself."""
    if takes_pixels(model):
        return ""
    if normalization is None:
        return "No normalization: the data says nothing of its mean, so images go in as they are\n"
    mean, std, of = normalization
    numbers = "/".join(f"{m:.1f}" for m in mean), "/".join(f"{s:.1f}" for s in std)
    return f"Normalization added, {of}: mean {numbers[0]}, deviation {numbers[1]}\n"
