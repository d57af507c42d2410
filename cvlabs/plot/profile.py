"""Where a network keeps its parameters, and how its feature maps shrink."""

from typing import Any

from cvlabs.grading import for_readers
from cvlabs.plot.bars import PARAMS, human
from cvlabs.plot.ready import build_or_explain, no_figure


@for_readers
def profile(model: Any, *, title: str = "", **arguments: Any) -> None:
    """Shows the parameters of each layer above the size of its output, in the order of the layers.

    Args:
        model: A Keras model, or a function that returns one. If the function is not written yet, one line
            says so in place of the figure.
        title: Title of the figure.
        **arguments: Arguments of the function.
    """
    import keras

    if callable(model) and not isinstance(model, keras.Model):
        model = build_or_explain(model, None, arguments)
        if model is None:
            return
    if not isinstance(model, keras.Model):
        no_figure(f"this is {type(model).__name__}, not a Keras model.")
        return
    layers = [layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]
    params = [layer.count_params() for layer in layers]
    sizes = [_values(layer) for layer in layers]
    if not layers:
        no_figure(f"{model.name} has no layers.")
        return
    import matplotlib.pyplot as plt

    _figure, (top, bottom) = plt.subplots(2, 1, figsize=(10, 4.5), sharex=True, layout="constrained")
    top.bar(range(len(layers)), params, color=PARAMS, width=0.9)
    top.set_ylabel("parameters")
    top.set_title(f"{title or model.name}: {human(sum(params))} parameters in {len(layers)} layers")
    bottom.step(range(len(layers)), sizes, where="mid", color="#333333")
    bottom.fill_between(range(len(layers)), sizes, step="mid", color="#dddddd")
    bottom.set_ylabel("values in the output")
    bottom.set_xlabel("layers, from the image to the logits")
    for axis in (top, bottom):
        axis.yaxis.set_major_formatter(lambda n, _: human(n))
        axis.spines[["top", "right"]].set_visible(False)
    largest = max(range(len(params)), key=params.__getitem__)
    top.annotate(layers[largest].name, (largest, params[largest]), ha="center", va="bottom", fontsize=9)
    top.margins(y=0.15)
    plt.show()


def _values(layer: Any) -> float:
    try:
        shape = layer.output.shape
    except (AttributeError, ValueError):  # called more than once, or holds layers of its own
        return float("nan")
    size = 1
    for n in shape[1:]:
        size *= n or 1
    return float(size)
