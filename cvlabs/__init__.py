"""CNN architectures for Keras 3, from AlexNet to architecture search.

Importing this package costs nothing: Keras loads on first use. Once both are imported, in either order, Keras
knows our layers, so `keras.saving.load_model` reads files of our networks.

>>> import cvlabs
>>> cvlabs.list_models("google*")
['googlenet', 'googlenet_bn', 'googlenet_tv']
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

    from cvlabs import cost, data, plot, train
    from cvlabs.cost.comparison import compare
    from cvlabs.factory import create_model
    from cvlabs.facts import ModelInfo, list_models, model_info
    from cvlabs.features import feature_info
    from cvlabs.fold import fold_batch_norm
    from cvlabs.image_preprocessing import preprocessing
    from cvlabs.predictions import decode_predictions
    from cvlabs.pretrained.load import load_weights
    from cvlabs.pretrained.save import save_weights

__version__ = "0.1.0"
_HOME = {
    "ModelInfo": "cvlabs.facts",
    "compare": "cvlabs.cost.comparison",
    "create_model": "cvlabs.factory",
    "decode_predictions": "cvlabs.predictions",
    "feature_info": "cvlabs.features",
    "fold_batch_norm": "cvlabs.fold",
    "list_models": "cvlabs.facts",
    "load_weights": "cvlabs.pretrained.load",
    "model_info": "cvlabs.facts",
    "preprocessing": "cvlabs.image_preprocessing",
    "save_weights": "cvlabs.pretrained.save",
}
_ROOMS = ("cost", "data", "plot", "train")
__all__ = [
    "ModelInfo",
    "compare",
    "cost",
    "create_model",
    "data",
    "decode_predictions",
    "feature_info",
    "fold_batch_norm",
    "list_models",
    "load_weights",
    "model_info",
    "plot",
    "preprocessing",
    "save_weights",
    "train",
]


def __getattr__(name: str) -> object:
    if name in _ROOMS:
        return import_module(f"cvlabs.{name}")
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'cvlabs' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])


class _LayersAfterKeras:
    """Finds Keras as it would be found anyway, and imports our layers behind it, which registers them."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> "ModuleSpec | None":
        if name != "keras":
            return None
        others = [finder for finder in sys.meta_path if finder is not self and hasattr(finder, "find_spec")]
        spec = next(filter(None, (finder.find_spec(name, path, target) for finder in others)), None)
        if spec is not None and hasattr(spec.loader, "exec_module"):
            self._extend(spec.loader)
        return spec

    def _extend(self, loader: Any) -> None:
        load = loader.exec_module

        def exec_module(module: Any) -> None:
            vars(loader).pop("exec_module", None)  # so that the class's own is there again
            load(module)
            if self in sys.meta_path:
                sys.meta_path.remove(self)
            import_module("cvlabs.layers")

        loader.exec_module = exec_module


if sys.modules.get("keras") is None:
    sys.meta_path.insert(0, _LayersAfterKeras())
else:
    import_module("cvlabs.layers")
