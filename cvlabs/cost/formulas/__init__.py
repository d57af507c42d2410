"""One formula per class of layers, by family. Importing this package registers them with `cost_of`."""

from cvlabs.cost.formulas import (
    activations,
    arrangement,
    convolutions,
    normalization,
    operations,
    pooling,
)
from cvlabs.cost.formulas.work import WHOLE, Window, Work, cost_of, values

__all__ = [
    "WHOLE",
    "Window",
    "Work",
    "activations",
    "arrangement",
    "convolutions",
    "cost_of",
    "normalization",
    "operations",
    "pooling",
    "values",
]
