"""The networks that `evaluate` and `predict` are told: a folder of `cvlabs train`, a file, or a name."""

import argparse
from pathlib import Path
from typing import Any

from cvlabs.facts import list_models, model_info


def add_network(parser: argparse.ArgumentParser, *flags: str, **settings: Any) -> None:
    """Adds the argument that names a network."""
    text = "a folder that `cvlabs train` wrote, a .keras file, or resnet18 or another with published weights"
    parser.add_argument(*flags, metavar="NETWORK", help=text, **settings)


def network_of(text: str) -> Any:
    """Returns the network, for `cvlabs.train.evaluate` and `predict`.

    Raises:
        ValueError: It is neither a folder, nor a file, nor the name of a network with published weights.
    """
    if Path(text).exists() or text.endswith(".keras"):
        return text
    if text not in list_models():
        raise ValueError(
            f"{text} is no folder, no file and no name of a network; `cvlabs train` makes such folders, "
            "`cvlabs list` has the names."
        )
    info = model_info(text)
    from cvlabs.factory import create_model
    from cvlabs.image_preprocessing import RECIPES, Recipe
    from cvlabs.train import with_normalization

    recipe = RECIPES.get(text, Recipe())
    side = recipe.size or info.input_size
    model = create_model(text, weights="imagenet", input_shape=(side, side, 3))
    mean, std = ([255 * n for n in numbers] for numbers in recipe.statistics)
    return with_normalization(model, mean, std)
