"""Data for a network with its published weights: each image prepared from its file, as the publisher did."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import numpy as np


@dataclass(frozen=True)
class Prepared:
    """Batches `(images, labels)` of a split, as `cvlabs.train.evaluate` takes them.

    Args:
        info: What is known of the data.
        source: Its files and labels.
        prepare: What makes images of one size of the files.
    """

    info: Any
    source: Any
    prepare: Any

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        from cvlabs.train.prepared import prepared

        read = prepared(self.source.images, self.prepare)
        for start in range(0, len(self.source.labels), self.info.batch_size):
            numbers = range(start, min(start + self.info.batch_size, len(self.source.labels)))
            yield read(numbers), self.source.labels[numbers.start : numbers.stop]


def prepared_data(info: Any, prepare: Any) -> Prepared:
    """Returns the images that data has, prepared from their files.

    Args:
        info: Of data that `cvlabs.data.load` gave, unshuffled: it has looked through the files.
        prepare: See `cvlabs.train.published`.
    """
    from cvlabs.data.folder import folder_source
    from cvlabs.data.source import Files
    from cvlabs.data.split import parse_split, take_slice
    from cvlabs.data.tfds import tfds_source

    kind, _, path = info.name.partition(":")
    base, bounds = parse_split(info.split)
    is_folder = kind == "folder"
    source = folder_source(path, base, info.classes) if is_folder else tfds_source(info.name, base)
    if bounds is not None:
        source = source.take(take_slice(source.labels, bounds))
    left_out, files = {path for path, _ in info.skipped}, cast(Files, source.images)
    kept = [i for i, path in enumerate(files.paths) if path not in left_out]
    return Prepared(info, source.take(np.array(kept)), prepare)
