"""The numbers that both sides of a golden file regenerate, from NumPy alone."""

import zlib

import numpy as np


def tensor(name, shape, gain=2.0):
    """Returns the values of a parameter or statistic with a torch name and a torch shape.

    Kernels have a variance of `gain` over fan-in; a deep network with sigmoids wants less than 2.
    """
    rng = np.random.default_rng([7, zlib.crc32(name.encode())])
    leaf = name.rsplit(".", 1)[-1]
    if leaf == "running_var":
        return rng.uniform(0.5, 1.5, shape).astype("float32")
    if leaf == "weight" and len(shape) > 1:
        scale = np.float32(np.sqrt(gain / np.prod(shape[1:])))
        return rng.standard_normal(shape, dtype="float32") * scale
    if leaf == "weight":
        return rng.uniform(0.8, 1.2, shape).astype("float32")
    return rng.standard_normal(shape, dtype="float32") * np.float32(0.1)


def image(shape, seed):
    """Returns a batch of inputs, channels last."""
    return np.random.default_rng([11, seed]).standard_normal(shape, dtype="float32")
