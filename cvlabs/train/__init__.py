"""Training networks, and looking at what they learned. Nothing of it loads before it is used."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cvlabs.train.inside import activation_statistics, gradient_norms

_HOME = {
    "activation_statistics": "cvlabs.train.inside",
    "gradient_norms": "cvlabs.train.inside",
}
__all__ = ["activation_statistics", "gradient_norms"]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'cvlabs.train' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
