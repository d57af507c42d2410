"""RandAugment: some operations of random kind, all of one strength."""

from typing import Any

from cvlabs.data.augment.draws import coin, seeds, whole
from cvlabs.data.augment.operations import OPERATIONS
from cvlabs.data.batches import Augment

_STRONGEST = 10


def rand_augment(num_ops: int = 2, magnitude: float = 9, magnitude_std: float = 0.5) -> Augment:
    """Returns what does some of fourteen operations to each image, drawn for it with equal chances.

    An operation runs over those images of a batch that drew it, so the work is that of one operation for each
    image.

    Reference: E. Cubuk et al., "RandAugment: practical automated data augmentation with a reduced search
    space", 2019, section 3.

    Deviations: strength grows with the magnitude in every operation, and varies between images, as in
    R. Wightman et al., "ResNet strikes back", 2021 (magnitude 7 for its A1 and A2, 6 for A3).

    Args:
        num_ops: Operations for each image, one after the other.
        magnitude: Their strength, between 0, none, and 10.
        magnitude_std: Standard deviation of the strength between images.

    Raises:
        ValueError: A number out of range.
    """
    if num_ops < 1:
        raise ValueError(f"num_ops must be at least 1, got {num_ops}.")
    if not 0 <= magnitude <= _STRONGEST or magnitude_std < 0:
        raise ValueError(
            f"magnitude must lie between 0 and 10 and magnitude_std be at least 0, got {magnitude} and "
            f"{magnitude_std}."
        )

    def augment(images: Any, labels: Any, seed: Any) -> tuple[Any, Any]:
        import tensorflow as tf

        images = tf.convert_to_tensor(images, tf.float32)
        changed = tf.round(images)
        for own in seeds(seed, num_ops):
            changed = _one_round(changed, own, magnitude, magnitude_std)
        return tf.ensure_shape(changed, images.shape), labels

    return augment


def _one_round(images: Any, seed: Any, magnitude: float, magnitude_std: float) -> Any:
    import tensorflow as tf

    count = tf.shape(images)[0]
    for_kind, for_sign, for_strength = seeds(seed, 3)
    kinds = whole(for_kind, count, len(OPERATIONS))
    drawn = tf.random.stateless_normal((count,), for_strength, magnitude, magnitude_std)
    strength = tf.clip_by_value(drawn / _STRONGEST, 0, 1) * tf.where(coin(for_sign, count), 1.0, -1.0)
    places = tf.dynamic_partition(tf.range(count), kinds, len(OPERATIONS))
    parts = [
        operation(tf.gather(images, own), tf.gather(strength, own)[:, None, None, None])
        for operation, own in zip(OPERATIONS.values(), places, strict=True)
    ]
    return tf.clip_by_value(tf.round(tf.dynamic_stitch(places, parts)), 0, 255)
