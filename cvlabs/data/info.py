"""What is known about a data set before its first batch."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DatasetInfo:
    """The facts of one split of a data set, as `load(...).info` tells them.

    Args:
        name: What `load` was given.
        split: The split, with its slice: `"train[:80%]"`.
        classes: Names of the classes, in the order of their labels.
        count: Images in one epoch.
        class_counts: Images of each class, in the order of `classes`.
        image_shape: Height, width and channels of what a model gets, after augmentation.
        mean: Mean of each channel over the training split before augmentation, on the scale from 0 to 255; of
            more than 2,000 images, over so many that are spread evenly. Of a set that has no training split,
            over the split itself.
        std: Standard deviation of each channel, over the pixels of the same images.
        batch_size: Images in each batch but the last, which may be smaller. At most `count`, whatever `load`
            was given: learning rates are scaled by it.
        seed: What order and augmentation depend on, beside the epoch's number.
        augment: Names of the augmentations, in their order.
        skipped: Path and reason of each file that was left out.
    """

    name: str
    split: str
    classes: tuple[str, ...]
    count: int
    class_counts: tuple[int, ...]
    image_shape: tuple[int, int, int]
    mean: tuple[float, ...]
    std: tuple[float, ...]
    batch_size: int
    seed: int
    augment: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()

    @property
    def batches(self) -> int:
        """Batches in one epoch."""
        return -(-self.count // self.batch_size)
