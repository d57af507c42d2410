"""The outputs that training looks at: logits rather than probabilities, and auxiliary heads.

Reference: the weight of auxiliary heads, 0.3, is of Szegedy et al., "Going Deeper with Convolutions", CVPR
2015, section 5.
"""

from dataclasses import dataclass
from typing import Any

import keras
from keras import ops

from cvlabs.graph import Unrolled, unroll
from cvlabs.train.ending import SOFTMAX, ending, no_classifier

Tensor = Any


@dataclass(frozen=True)
class Heads:
    """A classifier as training sees it; all models share all layers.

    Args:
        scores: From pixels to logits N×classes, or N×heads×classes with the main head first.
        main: From pixels to the logits of the main head.
        model: From pixels to what the main head gives its user, which may be probabilities.
        from_logits: Whether the scores are logits; else they are probabilities.
        classes: Number of classes.
        auxiliary: Number of auxiliary heads.
        last_layers: Names of the layers that give the scores and what follows them.
    """

    scores: keras.Model
    main: keras.Model
    model: keras.Model
    from_logits: bool
    classes: int
    auxiliary: int
    last_layers: tuple[str, ...]


def heads_of(model: keras.Model) -> Heads:
    """Finds the heads of a classifier: its first output is the main one, others are auxiliary.

    Raises:
        ValueError: An output is not N×classes, or the heads differ in classes or in what they give.
    """
    graph = unroll(model)
    outputs = graph.outputs
    found = [_scores(graph, model.name, output) for output in outputs]
    shapes = [scores.shape for scores, _ in found]
    kinds = {logits for _, logits in found}
    if len(set(shapes)) > 1 or len(kinds) > 1:
        raise ValueError(
            f"{model.name} has outputs {', '.join(map(str, shapes))}; the heads of a classifier give all "
            "logits, or all probabilities, of the same classes."
        )
    tensors = [scores for scores, _ in found]
    main = keras.Model(model.inputs[0], tensors[0], name=model.name)
    stacked = (
        keras.Model(model.inputs[0], ops.stack(tensors, axis=1), name=model.name) if tensors[1:] else main
    )
    return Heads(
        scores=stacked,
        main=main if stacked is not main else keras.Model(model.inputs[0], tensors[0], name=model.name),
        model=keras.Model(model.inputs[0], outputs[0], name=model.name) if tensors[1:] else model,
        from_logits=kinds.pop(),
        classes=tensors[0].shape[-1],
        auxiliary=len(tensors) - 1,
        last_layers=tuple({call.layer.name for x in (*outputs, *tensors) if (call := graph.maker(x))}),
    )


def _scores(graph: Unrolled, name: str, output: Tensor) -> tuple[Tensor, bool]:
    """Returns the logits behind an output, and whether they are logits."""
    if len(output.shape) != 2 or output.shape[-1] is None or output.shape[-1] < 2:
        raise ValueError(
            f"{name} has an output of shape {output.shape}; a classifier gives scores N×classes, of two "
            "classes or more."
        )
    found = ending(graph, output)
    if found is None:
        raise ValueError(f"{name} gives back what it is given; a classifier ends in logits or in softmax.")
    if found.activation is None:
        return output, True
    if found.activation in SOFTMAX and found.logits is not None:
        return found.logits, True
    if found.activation == "softmax":
        return output, False
    raise no_classifier(name, found)
