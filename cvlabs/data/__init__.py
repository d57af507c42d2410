"""Named data sets as batches, and what training changes about images.

>>> import cvlabs.data
>>> cvlabs.data.load("shapes", "test", batch_size=100).info.classes[:3]
('bar', 'crescent', 'cross')
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cvlabs.data.by_name import load
    from cvlabs.data.info import DatasetInfo

_HOME = {
    "DatasetInfo": "cvlabs.data.info",
    "load": "cvlabs.data.by_name",
}
__all__ = ["DatasetInfo", "load"]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'cvlabs.data' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
