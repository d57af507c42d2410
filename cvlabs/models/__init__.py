"""The architectures, one paper per file, and the table of their names."""

from collections.abc import Callable

import keras

from cvlabs.models.googlenet import googlenet, googlenet_bn, googlenet_tv

MODELS: dict[str, Callable[..., keras.Model]] = {
    "googlenet": googlenet,
    "googlenet_bn": googlenet_bn,
    "googlenet_tv": googlenet_tv,
}
"""Every architecture by name, in the order of the lecture."""

__all__ = ["MODELS", "googlenet", "googlenet_bn", "googlenet_tv"]
