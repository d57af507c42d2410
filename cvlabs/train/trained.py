"""A trained network, wherever it is: in memory, in what `fit` returned, or in a file."""

from pathlib import Path
from typing import Any

import keras

from cvlabs.train.normalization import published_statistics, takes_pixels
from cvlabs.train.published import Prepare, published, seems_published


def trained_model(source: Any) -> keras.Model:
    """Returns the network, which takes pixels from 0 to 255; see `with_preparation`."""
    return with_preparation(source)[0]


def with_preparation(source: Any) -> tuple[keras.Model, Prepare | None]:
    """Returns the network, which takes pixels from 0 to 255, and what prepares photographs for it.

    Args:
        source: A `Result`, a model, a `.keras` file, or a folder with a `model.keras` in it. What is a
            network of `create_model` with its published weights (see `seems_published`) gets their
            normalization, and photographs are prepared as its publisher did; else there is `None` for that.

    Raises:
        ValueError: It is none of them, cannot be read, or does not normalize its input by itself.
    """
    if isinstance(source, str | Path):
        source = _read(Path(source))
    model = getattr(source, "model", source)
    if not isinstance(model, keras.Model):
        raise ValueError(
            f"Expected a Result of fit, a Keras model or a .keras file, got {type(model).__name__}."
        )
    if takes_pixels(model):
        return model, getattr(source, "prepare", None)
    if seems_published(model):
        found = published(model)
        return found.model, found.prepare
    known = published_statistics(model.name) is not None
    raise ValueError(
        f"{model.name} does not normalize its input by itself, and gets pixels from 0 to 255 here. "
        "cvlabs.train.with_normalization(model, mean, std) makes it do so"
        f"{', without mean and std as its published weights expect' if known else ''}."
    )


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
