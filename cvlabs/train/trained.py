"""A trained network, wherever it is: in memory, in what `fit` returned, or in a file."""

from pathlib import Path
from typing import Any

import keras


def trained_model(source: Any) -> keras.Model:
    """Returns the network, which takes pixels from 0 to 255.

    Args:
        source: A `Result`, a model, a `.keras` file, or a folder with a `model.keras` in it.

    Raises:
        ValueError: It is none of them, cannot be read, or does not normalize its input by itself.
    """
    from cvlabs.train.normalization import takes_pixels

    model = getattr(source, "model", source)
    if isinstance(source, str | Path):
        model = _read(Path(source))
    if not isinstance(model, keras.Model):
        raise ValueError(
            f"Expected a Result of fit, a Keras model or a .keras file, got {type(model).__name__}."
        )
    if not takes_pixels(model):
        raise ValueError(
            f"{model.name} does not normalize its input by itself, and gets pixels from 0 to 255 here. "
            f"cvlabs.train.with_normalization(model, mean, std) makes it do so{_published(model.name)}."
        )
    return model


def _read(path: Path) -> keras.Model:
    import cvlabs.layers  # noqa: F401  registers them

    if path.is_dir():
        path = path / "model.keras"
    if not path.is_file():
        raise ValueError(f"There is no file {path}.")
    try:
        model = keras.models.load_model(path, compile=False)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{path} cannot be read as a .keras file: {str(error).splitlines()[0]}") from error
    return model


def _published(name: str) -> str:
    from cvlabs.facts import list_models, model_info
    from cvlabs.image_preprocessing import RECIPES, Recipe

    if name not in list_models() or model_info(name).weights is None:
        return ""
    mean, std = ([round(255 * n, 3) for n in numbers] for numbers in RECIPES.get(name, Recipe()).statistics)
    return f"; with its published weights, mean={mean} and std={std}"
