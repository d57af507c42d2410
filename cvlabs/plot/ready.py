"""Figures of functions that may not be written yet: one line instead of a traceback."""

from collections.abc import Callable, Mapping
from typing import Any


def build_or_explain(
    function: Callable[..., Any], input_shape: tuple[int, ...] | None, arguments: Mapping[str, Any]
) -> Any:
    """Calls a student's function for a figure.

    Args:
        function: The function: of a tensor if `input_shape` is given, else of its arguments alone.
        input_shape: Shape of the tensor without the batch axis.
        arguments: Further arguments by name.

    Returns:
        A model around the function, or what the function returned. `None`, after printing one line, if it
        is not written yet, raises, or returns nothing: a figure must not stop a notebook.
    """
    name = getattr(function, "__name__", "the function").replace("<lambda>", "a function in this cell")
    try:
        if input_shape is None:
            made = function(**arguments)
        else:
            import keras

            x = keras.Input(input_shape)
            made = keras.Model(x, function(x, **arguments))
    except NotImplementedError:
        no_figure(f"{name} is not written.")
    except Exception as error:  # noqa: BLE001  the check explains; the figure only steps aside
        no_figure(f"{name} raised {type(error).__name__}. Its check says more.")
    else:
        if made is not None:
            return made
        no_figure(f"{name} returned None.")
    return None


def no_figure(reason: str) -> None:
    """Prints the line that stands in place of a figure."""
    print(f"No figure yet: {reason}")
