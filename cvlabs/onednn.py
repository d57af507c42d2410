"""oneDNN, faster kernels for the CPU inside of TensorFlow, which by itself uses them with AVX-512 alone."""

import os
import sys

SETTING = "TF_ENABLE_ONEDNN_OPTS"
ADVICE = f"{SETTING}=1 in the environment turns oneDNN on, with which training is mostly faster"


def prefer_onednn() -> None:
    """Turns the kernels on, unless the environment says otherwise, or TensorFlow has read it already."""
    if "tensorflow" not in sys.modules:
        os.environ.setdefault(SETTING, "1")


def onednn_in_use() -> bool | None:
    """Whether TensorFlow uses the kernels; `None` if this version does not tell."""
    try:
        from tensorflow.python.util._pywrap_util_port import IsMklEnabled
    except ImportError:  # it has no public name
        return None
    return bool(IsMklEnabled())
