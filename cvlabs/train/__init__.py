"""Training: recipes, devices, interruption and resumption.

>>> import cvlabs.train
>>> sorted(cvlabs.train.RECIPES)[:3]
['alexnet2012', 'fast_cifar', 'finetune']
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cvlabs.train.devices import join_hosts
    from cvlabs.train.diverged import Diverged
    from cvlabs.train.fitting import fit
    from cvlabs.train.normalization import takes_pixels, with_normalization
    from cvlabs.train.recipe import Recipe
    from cvlabs.train.recipes import RECIPES
    from cvlabs.train.result import Result

_HOME = {
    "Diverged": "cvlabs.train.diverged",
    "RECIPES": "cvlabs.train.recipes",
    "Recipe": "cvlabs.train.recipe",
    "Result": "cvlabs.train.result",
    "fit": "cvlabs.train.fitting",
    "join_hosts": "cvlabs.train.devices",
    "takes_pixels": "cvlabs.train.normalization",
    "with_normalization": "cvlabs.train.normalization",
}
__all__ = [
    "RECIPES",
    "Diverged",
    "Recipe",
    "Result",
    "fit",
    "join_hosts",
    "takes_pixels",
    "with_normalization",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'cvlabs.train' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
