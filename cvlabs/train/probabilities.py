"""Whether a network answers with probabilities or with logits, which its graph tells."""

from typing import Any

import keras

from cvlabs.train.graph import graph_of


def gives_probabilities(model: keras.Model) -> bool:
    """Tells whether a model's first output comes from a softmax; if not, it is taken for logits.

    Raises:
        ValueError: The model is neither functional nor Sequential.
    """
    graph = graph_of(model)
    last = graph.maker(graph.outputs[0])
    return last is not None and _is_softmax(last.layer)


def probabilities(model: keras.Model, outputs: Any) -> Any:
    """Returns the probabilities N×classes of what a model gave, which are its first output or its softmax."""
    first = outputs[0] if isinstance(outputs, list | tuple) else outputs
    first = keras.ops.cast(first, "float32")
    return first if gives_probabilities(model) else keras.ops.softmax(first)


def _is_softmax(layer: Any) -> bool:
    if type(layer).__name__ == "Softmax":  # the layer, or the operation of keras.ops
        return True
    return getattr(layer, "activation", None) is keras.activations.softmax
