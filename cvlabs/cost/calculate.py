"""From a model, a name or a file to its cost."""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras

from cvlabs.cost.conventions import Convention, convention_of
from cvlabs.cost.result import Cost
from cvlabs.cost.walk import Shape, walk
from cvlabs.facts import list_models
from cvlabs.variables import abstract
from cvlabs.whole_number import is_whole

KERAS_FILE = ".keras"


def calculate(
    model_or_name: keras.Model | str | Path,
    input_shape: Shape | Sequence[Shape] | None = None,
    *,
    convention: str | Convention = "lecture",
) -> Cost:
    """Counts what a network costs, for one image, without running it and without changing it.

    `cvlabs.cost(…)` is this function.

    Args:
        model_or_name: A functional or Sequential model, nested or not; one of `cvlabs.list_models()`; or a
            `.keras` file. Names and files are built without weights.
        input_shape: Height, width and channels of the images, where they are not those that the model was
            built for; a list of shapes for a model with several inputs.
        convention: What counts: one of `cvlabs.cost.CONVENTIONS`, or one of your own.

    Raises:
        ValueError: An unknown name, convention, layer or size, or a model that cannot take `input_shape`.

    Example:
        >>> found = calculate("googlenet")
        >>> found.total.params, found.total.macs
        (6998552, 1582671872)
    """
    how = convention_of(convention)
    shapes = _shapes(input_shape)
    if isinstance(model_or_name, keras.Model):
        model, name = model_or_name, model_or_name.name
        if isinstance(model, keras.Sequential) and not model.built and shapes is not None:
            model = _built(model, shapes)
        calls, outputs = walk(model, shapes)
    elif isinstance(model_or_name, Path) or str(model_or_name).endswith(KERAS_FILE):
        name = str(model_or_name)
        calls, outputs = walk(read_abstract(Path(model_or_name)), shapes)
    elif isinstance(model_or_name, str):
        name = model_or_name
        calls, outputs = walk(_network(name, shapes))
    else:
        raise ValueError(
            f"Expected a Keras model, a name or a .keras file, got {type(model_or_name).__name__}."
        )
    return Cost(name, how, calls, outputs)


def at_size(name: str, size: int | None, convention: str) -> Cost:
    """Counts a network or a `.keras` file for square images of `size` pixels, with the channels it takes."""
    if size is None:
        return calculate(name, convention=convention)
    if not name.endswith(KERAS_FILE):
        return calculate(name, (size, size, 3), convention=convention)
    model = read_abstract(Path(name))
    return replace(
        calculate(model, (size, size, model.inputs[0].shape[-1]), convention=convention), name=name
    )


def read_abstract(path: Path) -> keras.Model:
    """Builds the model of a `.keras` file without its weights.

    Layers that run code from the file are refused, as Keras' `safe_mode` does; layers of your own must be
    registered with `keras.saving.register_keras_serializable` and imported.

    Raises:
        ValueError: There is no such file, it is no `.keras` file, or a layer is refused or unknown.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            config = json.loads(archive.read("config.json"))
    except (OSError, KeyError, zipfile.BadZipFile, json.JSONDecodeError) as error:
        raise ValueError(f"{path} cannot be read as a .keras file: {error}.") from error
    config.pop("compile_config", None)  # optimizer and losses, which cost nothing here
    import cvlabs.layers  # noqa: F401  registers them

    try:
        with abstract():
            model = keras.saving.deserialize_keras_object(config, safe_mode=True)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path}: {str(error).splitlines()[0]}") from error
    if not isinstance(model, keras.Model):
        raise ValueError(f"{path} holds a {type(model).__name__}, not a model.")
    return model


def _network(name: str, shapes: Sequence[Shape] | None) -> keras.Model:
    """Builds a network by name, without weights."""
    from cvlabs.factory import build_abstract  # not importable where networks are hidden from students

    if name not in list_models() and Path(name).exists():
        raise ValueError(
            f"{name} is no .keras file. Of a folder that `cvlabs train` wrote, give {name}/model.keras; of a "
            "file of weights, the network's name, since weights do not tell what is done with them."
        )
    if shapes is not None and len(shapes) > 1:
        raise ValueError(f"{name} has one input, got {len(shapes)} shapes.")
    return build_abstract(name, **({} if shapes is None else {"input_shape": shapes[0]}))


def _shapes(input_shape: Shape | Sequence[Shape] | None) -> list[Shape] | None:
    if input_shape is None:
        return None
    given = input_shape if isinstance(input_shape, tuple | list) else ()
    shapes: list[Any] = list(given) if any(isinstance(shape, tuple | list) for shape in given) else [given]
    if not all(_is_shape(shape) for shape in shapes):
        raise ValueError(
            f"input_shape must be positive whole numbers, (height, width, channels), got {input_shape!r}."
        )
    return [tuple(map(int, shape)) for shape in shapes]


def _is_shape(shape: Any) -> bool:
    sizes = shape if isinstance(shape, tuple | list) else ()
    return bool(sizes) and all(is_whole(size, 1) for size in sizes)


def _built(model: keras.Sequential, shapes: Sequence[Shape]) -> keras.Model:
    """Returns a copy of a Sequential model, built without weights.

    Raises:
        ValueError: It cannot be copied, or cannot take inputs of that shape.
    """
    try:
        with abstract():
            copy = keras.Sequential.from_config(model.get_config())
            copy.build((None, *shapes[0]))
    except (TypeError, ValueError, NotImplementedError) as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise ValueError(
            f"{model.name} is not built yet, and cannot be built for input_shape={shapes[0]}: {reason} "
            "If the shape is right, call the model once on such an input before."
        ) from error
    return copy
