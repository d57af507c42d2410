"""The networks that `evaluate` and `predict` are told: a folder of `cvlabs train`, a file, or a name.

A name goes with published weights, or with a file of weights.
"""

import argparse
from pathlib import Path
from typing import Any

from cvlabs.commands.weights import check_weights
from cvlabs.facts import list_models, model_info

_WEIGHTS = (".safetensors", ".pth", ".pt", ".bin", ".h5")


def add_network(parser: argparse.ArgumentParser, *flags: str, **settings: Any) -> None:
    """Adds the arguments that name a network and its weights."""
    text = "a folder that `cvlabs train` wrote, a .keras file, or resnet18 or another with published weights"
    parser.add_argument(*flags, metavar="NETWORK", help=text, **settings)
    weights = "weights of a network that is told by name: imagenet (default), or a file"
    parser.add_argument("--weights", metavar="W", help=weights)


def network_of(text: str, weights: str | None = None) -> Any:
    """Returns the network, for `cvlabs.train.evaluate` and `predict`.

    With its published weights it brings the preparation of photographs that they were measured with.

    Args:
        text: A folder, a file, or the name of a network.
        weights: A file of weights that goes with a name; else the published ones do.

    Raises:
        ValueError: It is neither a folder, nor a file, nor the name of a network with published weights; or
            the weights do not go with it.
    """
    if text.endswith(_WEIGHTS):
        raise ValueError(f"{text} is a file of weights; the name of its network, and --weights {text}, do.")
    if Path(text).exists() or text.endswith(".keras"):
        if weights is not None:
            raise ValueError(f"{text} has weights of its own; --weights goes with the name of a network.")
        return text
    if text not in list_models():
        raise ValueError(
            f"{text} is no folder, no file and no name of a network; `cvlabs train` makes such folders, "
            "`cvlabs list` has the names."
        )
    info = model_info(text)
    check_weights(text, weights or "imagenet")
    from cvlabs.factory import create_model
    from cvlabs.image_preprocessing import RECIPES, Recipe
    from cvlabs.train.normalization import with_normalization
    from cvlabs.train.published import published

    recipe = RECIPES.get(text, Recipe())
    side = recipe.size or info.input_size
    model = create_model(text, weights=weights or "imagenet", input_shape=(side, side, 3))
    if weights in (None, "imagenet"):
        return published(model)
    mean, std = ([255 * n for n in numbers] for numbers in recipe.statistics)
    return with_normalization(model, mean, std)
