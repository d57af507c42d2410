"""The shapes as a data set of TensorFlow Datasets, for `tfds.load`; `cvlabs.data.load` does not need it.

Importing this module makes them known there: `tfds.load("shapes")`.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

import tensorflow_datasets as tfds

from cvlabs.data.shapes.drawing import SHAPES, SIZE, draw
from cvlabs.data.shapes.splits import COUNTS, SEEDS, VERSION


class Builder(tfds.core.GeneratorBasedBuilder):
    """Draws ten classes of textured shapes."""

    VERSION = tfds.core.Version(VERSION)
    RELEASE_NOTES: ClassVar = {"1.0.0": "First release."}

    def _info(self) -> tfds.core.DatasetInfo:
        return self.dataset_info_from_configs(
            features=tfds.features.FeaturesDict(
                {
                    "image": tfds.features.Image(shape=(SIZE, SIZE, 3), encoding_format="png"),
                    "label": tfds.features.ClassLabel(names=list(SHAPES)),
                }
            ),
            supervised_keys=("image", "label"),
        )

    def _split_generators(self, dl_manager: tfds.download.DownloadManager) -> dict[str, Any]:
        return {split: self._generate_examples(split) for split in COUNTS}

    def _generate_examples(self, split: str) -> Iterator[tuple[int, dict[str, Any]]]:
        images, labels = draw(COUNTS[split], SEEDS[split])
        for i, (image, label) in enumerate(zip(images, labels, strict=True)):
            yield i, {"image": image, "label": int(label)}
