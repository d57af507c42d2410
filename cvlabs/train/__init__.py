"""Training: recipes, devices, interruption and resumption; evaluation, prediction, and a look inside.

>>> import cvlabs.train
>>> sorted(cvlabs.train.RECIPES)[:3]
['alexnet2012', 'fast_cifar', 'finetune']
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cvlabs.train.devices import join_hosts
    from cvlabs.train.diverged import Diverged
    from cvlabs.train.evaluation import Evaluation, evaluate
    from cvlabs.train.fitting import fit
    from cvlabs.train.inside import activation_statistics, gradient_norms
    from cvlabs.train.normalization import takes_pixels, with_normalization
    from cvlabs.train.prediction import Prediction, predict
    from cvlabs.train.recipe import Recipe
    from cvlabs.train.recipes import RECIPES
    from cvlabs.train.result import Result
    from cvlabs.train.views import center_crop, mirrored, multi_scale, ten_crop

_HOME = {
    "RECIPES": "cvlabs.train.recipes",
    "Diverged": "cvlabs.train.diverged",
    "Evaluation": "cvlabs.train.evaluation",
    "Prediction": "cvlabs.train.prediction",
    "Recipe": "cvlabs.train.recipe",
    "Result": "cvlabs.train.result",
    "activation_statistics": "cvlabs.train.inside",
    "center_crop": "cvlabs.train.views",
    "evaluate": "cvlabs.train.evaluation",
    "fit": "cvlabs.train.fitting",
    "gradient_norms": "cvlabs.train.inside",
    "join_hosts": "cvlabs.train.devices",
    "mirrored": "cvlabs.train.views",
    "multi_scale": "cvlabs.train.views",
    "predict": "cvlabs.train.prediction",
    "takes_pixels": "cvlabs.train.normalization",
    "ten_crop": "cvlabs.train.views",
    "with_normalization": "cvlabs.train.normalization",
}
__all__ = [
    "RECIPES",
    "Diverged",
    "Evaluation",
    "Prediction",
    "Recipe",
    "Result",
    "activation_statistics",
    "center_crop",
    "evaluate",
    "fit",
    "gradient_norms",
    "join_hosts",
    "mirrored",
    "multi_scale",
    "predict",
    "takes_pixels",
    "ten_crop",
    "with_normalization",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'cvlabs.train' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
