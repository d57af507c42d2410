"""Training networks, and looking at what they learned. Nothing of it loads before it is used."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cvlabs.train.evaluation import evaluate
    from cvlabs.train.inside import activation_statistics, gradient_norms
    from cvlabs.train.normalization import takes_pixels, with_normalization
    from cvlabs.train.prediction import predict

_HOME = {
    "activation_statistics": "cvlabs.train.inside",
    "evaluate": "cvlabs.train.evaluation",
    "gradient_norms": "cvlabs.train.inside",
    "predict": "cvlabs.train.prediction",
    "takes_pixels": "cvlabs.train.normalization",
    "with_normalization": "cvlabs.train.normalization",
}
__all__ = [
    "activation_statistics",
    "evaluate",
    "gradient_norms",
    "predict",
    "takes_pixels",
    "with_normalization",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'cvlabs.train' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
