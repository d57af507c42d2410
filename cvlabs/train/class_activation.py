"""Where in an image a network sees a class, which its last map tells if global average pooling follows.

Reference: Zhou et al., "Learning Deep Features for Discriminative Localization", CVPR 2016, section 2.
"""

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import layers

from cvlabs.graph import Unrolled, unroll
from cvlabs.train.ending import SOFTMAX, ending
from cvlabs.train.probabilities import softmax
from cvlabs.train.trained import trained_model

Array = Any  # numpy.ndarray

_AT_ONCE = 32
_PASSING = (layers.Dropout, layers.Flatten, layers.Reshape)


@dataclass(frozen=True, eq=False)
class ClassActivation:
    """Class activation maps.

    Args:
        maps: What each position adds to the score of the class, N×h×w, in the size of the last map. Its mean
            over positions, plus the class's bias, is the logit.
        classes: Number of the class of each map.
        probabilities: What the network says of all classes, N×classes.
    """

    maps: Array
    classes: Array
    probabilities: Array


def class_activation(network: Any, images: Array, classes: Any = None) -> ClassActivation:
    """Computes the class activation maps of images.

    Args:
        network: What `fit` returned, a model that takes pixels, or a `.keras` file. It must end in global
            average pooling and one dense layer, or in a map for each class and global average pooling.
        images: Images N×H×W×C with values from 0 to 255, of the network's size.
        classes: Number of the class to look for, one or one per image; the predicted one if left out.

    Raises:
        ValueError: The network has no such head, or the images or classes do not fit.

    Example:
        >>> import cvlabs, numpy as np
        >>> from cvlabs.train import with_normalization
        >>> model = with_normalization(cvlabs.create_model("resnet20_cifar"), [125] * 3, [63] * 3)
        >>> class_activation(model, np.zeros((2, 32, 32, 3))).maps.shape
        (2, 8, 8)
    """
    model = trained_model(network)
    graph = unroll(model)
    features, dense, scores = _head(graph, model.name)
    parts = keras.Model(list(graph.inputs), [features, scores])
    images = np.asarray(images)
    if images.ndim != 4 or not len(images):
        raise ValueError(f"images must have the shape N×H×W×C, got {images.shape}.")
    found = [parts.predict_on_batch(images[i : i + _AT_ONCE]) for i in range(0, len(images), _AT_ONCE)]
    maps, values = (np.concatenate([np.asarray(batch[i], "float64") for batch in found]) for i in (0, 1))
    probabilities = softmax(values)
    chosen = _chosen(classes, probabilities)
    if dense is None:
        of_class = maps[np.arange(len(maps)), :, :, chosen]
    else:
        kernel = np.asarray(keras.ops.convert_to_numpy(dense.kernel), "float64")
        of_class = np.einsum("nhwc,cn->nhw", maps, kernel[:, chosen])
    return ClassActivation(of_class, chosen, probabilities)


def _chosen(classes: Any, probabilities: Array) -> Array:
    count, most = probabilities.shape
    if classes is None:
        return probabilities.argmax(axis=1)
    chosen = np.broadcast_to(np.asarray(classes), (count,))
    if not np.issubdtype(chosen.dtype, np.integer) or chosen.min() < 0 or chosen.max() >= most:
        raise ValueError(f"classes must be class numbers from 0 to {most - 1}, got {classes}.")
    return chosen


def _head(graph: Unrolled, name: str) -> tuple[Any, layers.Dense | None, Any]:
    """Returns the last map, the dense layer behind the pooling if there is one, and the logits."""
    output = graph.outputs[0]
    found = ending(graph, output)
    if found is not None and found.activation in (None, *SOFTMAX) and found.logits is not None:
        output = found.logits
    call = graph.maker(output)
    scores = None if call is None else call.outputs[0]
    dense = None
    if call is not None and isinstance(call.layer, layers.Dense):
        if call.layer.activation not in (keras.activations.linear, None):
            raise _no_head(name, f"{call.name} has an activation of its own, which must be a layer behind it")
        dense = call.layer
        call = graph.maker(call.inputs[0])
    while call is not None and isinstance(call.layer, _PASSING):
        if len(call.inputs[0].shape) == 4 and call.inputs[0].shape[1:3] != (1, 1):
            raise _no_head(name, f"{call.name} flattens its last map, with weights for each position")
        call = graph.maker(call.inputs[0])
    if call is None or not isinstance(call.layer, layers.GlobalAveragePooling2D):
        what = "nothing" if call is None else f"{call.name} ({type(call.layer).__name__})"
        raise _no_head(name, f"before its classifier stands {what}")
    return call.inputs[0], dense, scores


def _no_head(name: str, reason: str) -> ValueError:
    return ValueError(
        f"{name} has no class activation map: {reason}. It takes global average pooling and then one "
        "dense layer, as in resnet18 or googlenet."
    )
