"""Images of two classes in one, with labels to match."""

from typing import Any

from cvlabs.data.augment.draws import seeds
from cvlabs.data.batches import Augment


def mixup(classes: int, alpha: float = 0.2) -> Augment:
    """Returns what blends each image with another of its batch, and their labels in the same proportion.

    Reference: H. Zhang et al., "mixup: beyond empirical risk minimization", 2017.

    Args:
        classes: Number of classes, for labels that are indices: N×classes float32 come out.
        alpha: Both parameters of the beta distribution that shares are drawn from.

    Raises:
        ValueError: A number out of range.
    """
    _check(classes, alpha)

    def augment(images: Any, labels: Any, seed: Any) -> tuple[Any, Any]:
        import tensorflow as tf

        images, labels = tf.convert_to_tensor(images, tf.float32), one_hot(labels, classes)
        for_share, for_partner = seeds(seed, 2)
        share = _beta(for_share, tf.shape(images)[0], alpha)
        partner = _partners(for_partner, tf.shape(images)[0])
        pixels = share[:, None, None, None]
        return (
            pixels * images + (1 - pixels) * tf.gather(images, partner),
            share[:, None] * labels + (1 - share[:, None]) * tf.gather(labels, partner),
        )

    return augment


def cutmix(classes: int, alpha: float = 1.0) -> Augment:
    """Returns what puts a window of another image of the batch into each image.

    Labels are mixed by the pixels that each of the two has in the result.

    Reference: S. Yun et al., "CutMix: regularization strategy to train strong classifiers with localizable
    features", 2019, section 3 and appendix A.

    Args:
        classes: Number of classes, for labels that are indices: N×classes float32 come out.
        alpha: Both parameters of the beta distribution that shares of the first image are drawn from.

    Raises:
        ValueError: A number out of range.
    """
    _check(classes, alpha)

    def augment(images: Any, labels: Any, seed: Any) -> tuple[Any, Any]:
        import tensorflow as tf

        images, labels = tf.convert_to_tensor(images, tf.float32), one_hot(labels, classes)
        for_share, for_partner, for_place = seeds(seed, 3)
        count = tf.shape(images)[0]
        side = tf.sqrt(1 - _beta(for_share, count, alpha))  # of the window, as a part of the image's
        rows, columns = (
            _interval(own, side, tf.shape(images)[axis])
            for own, axis in zip(seeds(for_place, 2), (1, 2), strict=True)
        )
        inside = tf.logical_and(rows[:, :, None], columns[:, None, :])
        share = 1 - tf.reduce_mean(tf.cast(inside, tf.float32), (1, 2))[:, None]
        partner = _partners(for_partner, count)
        return (
            tf.where(inside[..., None], tf.gather(images, partner), images),
            share * labels + (1 - share) * tf.gather(labels, partner),
        )

    return augment


def mixup_or_cutmix(classes: int, mixup_alpha: float = 0.1, cutmix_alpha: float = 1.0) -> Augment:
    """Returns what does one or the other to a batch, with equal chances.

    Reference: R. Wightman et al., "ResNet strikes back", 2021, section 3 (its shares for A1 to A3: 0.2, 0.1,
    0.1 and 1.0).

    Args:
        classes: Number of classes, for labels that are indices: N×classes float32 come out.
        mixup_alpha: As for `mixup`.
        cutmix_alpha: As for `cutmix`.

    Raises:
        ValueError: A number out of range.
    """
    blend, cut = mixup(classes, mixup_alpha), cutmix(classes, cutmix_alpha)

    def augment(images: Any, labels: Any, seed: Any) -> tuple[Any, Any]:
        import tensorflow as tf

        for_choice, own = seeds(seed, 2)
        is_blend = tf.random.stateless_uniform((), for_choice) < 0.5
        return tuple(tf.cond(is_blend, lambda: blend(images, labels, own), lambda: cut(images, labels, own)))

    return augment


def one_hot(labels: Any, classes: int) -> Any:
    """Returns labels as N×classes float32, whichever they were."""
    import tensorflow as tf

    labels = tf.convert_to_tensor(labels)
    return tf.one_hot(labels, classes) if labels.shape.rank == 1 else tf.cast(labels, tf.float32)


def _interval(seed: Any, part: Any, length: Any) -> Any:
    """Which of `length` pixels lie within `part` of them around a random centre, N×length."""
    import tensorflow as tf

    size = tf.cast(length, tf.float32)
    centre = tf.random.stateless_uniform(tf.shape(part), seed) * size
    low, high = tf.round(centre - part * size / 2)[:, None], tf.round(centre + part * size / 2)[:, None]
    at = tf.cast(tf.range(length), tf.float32)
    return tf.logical_and(at >= low, at < high)


def _partners(seed: Any, count: Any) -> Any:
    import tensorflow as tf

    return tf.random.experimental.stateless_shuffle(tf.range(count), seed)


def _beta(seed: Any, count: Any, alpha: float) -> Any:
    """A number from the symmetric beta distribution for each image."""
    import tensorflow as tf

    # In double precision: with a small alpha, both of a pair would often round to 0.
    one, other = (
        tf.random.stateless_gamma((count,), own, tf.constant(alpha, tf.float64), dtype=tf.float64)
        for own in seeds(seed, 2)
    )
    return tf.cast(one / (one + other), tf.float32)


def _check(classes: int, alpha: float) -> None:
    if classes < 1:
        raise ValueError(f"classes must be at least 1, got {classes}.")
    if not alpha > 0:
        raise ValueError(f"alpha must be above 0, got {alpha}.")
