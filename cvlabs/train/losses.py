"""Losses and the error rate, of labels that are class indices or shares of classes, and of several heads.

Labels are indices N, or N×classes where labels are mixed or one-hot. Scores are N×classes, or
N×heads×classes with the main head first: `cvlabs.train.heads` stacks auxiliary ones behind it.
"""

from collections.abc import Callable
from typing import Any

import keras
from keras import ops

from cvlabs.train.schedule import saved

Tensor = Any
PerImage = Callable[..., Tensor]


@saved
def cross_entropy(labels: Tensor, scores: Tensor, *, from_logits: bool, label_smoothing: float) -> Tensor:
    """Returns the cross-entropy of each image: N.

    Reference: label smoothing is Szegedy et al., "Rethinking the Inception Architecture for Computer
    Vision", CVPR 2016, section 7: the part `label_smoothing` of each label is spread over all classes.
    """
    if _is_shares(labels, scores):
        classes = scores.shape[-1]
        labels = labels * (1.0 - label_smoothing) + label_smoothing / classes
        return ops.categorical_crossentropy(labels, scores, from_logits=from_logits)
    loss = ops.sparse_categorical_crossentropy(_indices(labels), scores, from_logits=from_logits)
    if not label_smoothing:
        return loss
    logs = ops.log_softmax(scores) if from_logits else ops.log(ops.maximum(scores, keras.config.epsilon()))
    return (1.0 - label_smoothing) * loss - label_smoothing * ops.mean(logs, axis=-1)


@saved
def binary_cross_entropy(
    labels: Tensor, scores: Tensor, *, from_logits: bool, label_smoothing: float
) -> Tensor:
    """Returns the mean over classes of the binary cross-entropy of each image: N.

    Reference: Wightman et al., "ResNet strikes back", 2021, section 3.1: each class that a mixed image shows
    is a class that it has, so its target is 1.
    """
    if not from_logits:
        raise ValueError(
            "binary_cross_entropy takes a network that ends in logits, or in a softmax layer of its own "
            "behind them; this one ends in a layer with activation='softmax'."
        )
    classes = scores.shape[-1]
    if _is_shares(labels, scores):
        targets = ops.cast(labels > 0, scores.dtype)
    else:
        targets = ops.one_hot(_indices(labels), classes, dtype=scores.dtype)
    targets = targets * (1.0 - label_smoothing) + label_smoothing / classes
    return ops.mean(ops.binary_crossentropy(targets, scores, from_logits=True), axis=-1)


@saved
class HeadsLoss(keras.losses.Loss):
    """The loss of the main head, and of the auxiliary ones with their weight.

    Args:
        per_image: `cross_entropy`, `binary_cross_entropy`, or another function of the same arguments.
        from_logits: Whether scores are logits; else they are probabilities.
        label_smoothing: See `cross_entropy`.
        auxiliary_weight: Weight of each auxiliary head.
        **options: Those of `keras.losses.Loss`.
    """

    def __init__(
        self,
        per_image: PerImage,
        *,
        from_logits: bool,
        label_smoothing: float,
        auxiliary_weight: float,
        **options: Any,
    ) -> None:
        super().__init__(**{"name": "loss"} | options)
        self._per_image = per_image
        self._options = {"from_logits": from_logits, "label_smoothing": label_smoothing}
        self._auxiliary_weight = auxiliary_weight

    def call(self, y_true: Tensor, y_pred: Tensor) -> Tensor:
        """Returns the weighted loss of each image: N."""
        main, *others = _heads(y_pred)
        loss = self._per_image(y_true, main, **self._options)
        for scores in others:
            loss = loss + self._auxiliary_weight * self._per_image(y_true, scores, **self._options)
        return loss

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments."""
        own = {"per_image": self._per_image, "auxiliary_weight": self._auxiliary_weight}
        return super().get_config() | own | self._options

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "HeadsLoss":
        """Returns the loss with these arguments."""
        return cls(keras.saving.deserialize_keras_object(config.pop("per_image")), **config)


@saved
def error(labels: Tensor, scores: Tensor) -> Tensor:
    """Returns 100 for each image whose highest score is not its class's, else 0: N. The mean is in percent.

    The class of a mixed image is the one that it shows most of.
    """
    main = _heads(scores)[0]
    if _is_shares(labels, main):
        labels = ops.argmax(labels, axis=-1)
    wrong = ops.cast(ops.argmax(main, axis=-1), "int32") != _indices(labels)
    return 100.0 * ops.cast(wrong, "float32")


def _heads(scores: Tensor) -> list[Tensor]:
    if len(scores.shape) == 2:
        return [scores]
    return [scores[:, i] for i in range(scores.shape[1])]


def _is_shares(labels: Tensor, scores: Tensor) -> bool:
    """Tells shares of classes from indices, which may come as N×1."""
    return len(labels.shape) == 2 and labels.shape[-1] == scores.shape[-1]


def _indices(labels: Tensor) -> Tensor:
    if len(labels.shape) == 2:
        labels = ops.squeeze(labels, axis=-1)
    return ops.cast(labels, "int32")
