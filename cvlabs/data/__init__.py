"""Named data sets as batches, and what training changes about images.

>>> import cvlabs.data
>>> cvlabs.data.load("shapes", "test", batch_size=100).info.classes[:3]
('bar', 'crescent', 'cross')
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cvlabs.data.augment.colour import color_jitter, pca_color
    from cvlabs.data.augment.crops import inception_crop, multi_scale, pad_crop_flip
    from cvlabs.data.augment.mixing import cutmix, mixup, mixup_or_cutmix
    from cvlabs.data.augment.rand_augment import rand_augment
    from cvlabs.data.augment.ten_crop import ten_crop
    from cvlabs.data.by_name import load, splits
    from cvlabs.data.info import DatasetInfo

_HOME = {
    "DatasetInfo": "cvlabs.data.info",
    "color_jitter": "cvlabs.data.augment.colour",
    "cutmix": "cvlabs.data.augment.mixing",
    "inception_crop": "cvlabs.data.augment.crops",
    "load": "cvlabs.data.by_name",
    "mixup": "cvlabs.data.augment.mixing",
    "mixup_or_cutmix": "cvlabs.data.augment.mixing",
    "multi_scale": "cvlabs.data.augment.crops",
    "pad_crop_flip": "cvlabs.data.augment.crops",
    "pca_color": "cvlabs.data.augment.colour",
    "rand_augment": "cvlabs.data.augment.rand_augment",
    "splits": "cvlabs.data.by_name",
    "ten_crop": "cvlabs.data.augment.ten_crop",
}
__all__ = [
    "DatasetInfo",
    "color_jitter",
    "cutmix",
    "inception_crop",
    "load",
    "mixup",
    "mixup_or_cutmix",
    "multi_scale",
    "pad_crop_flip",
    "pca_color",
    "rand_augment",
    "splits",
    "ten_crop",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'cvlabs.data' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
