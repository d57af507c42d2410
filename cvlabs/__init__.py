"""CNN architectures for Keras 3, from AlexNet to architecture search.

Importing this package costs nothing: Keras loads on first use.

>>> import cvlabs
>>> cvlabs.list_models("google*")
['googlenet', 'googlenet_bn', 'googlenet_tv']
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cvlabs.factory import create_model, list_models

__version__ = "0.1.0"
__all__ = ["create_model", "list_models"]

_HOME = {"create_model": "cvlabs.factory", "list_models": "cvlabs.factory"}


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'cvlabs' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
