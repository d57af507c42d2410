"""Figures for notebooks: a student's own model, what it costs, how it learned, where it looks."""

from cvlabs.plot.augmentations import augmentations
from cvlabs.plot.bars import cost_bars
from cvlabs.plot.cam import cam
from cvlabs.plot.channels import channels
from cvlabs.plot.confusion import confusion
from cvlabs.plot.gradient_norms import gradient_norms
from cvlabs.plot.layer_graph import layer_graph
from cvlabs.plot.learning_curves import learning_curves
from cvlabs.plot.lines import lines
from cvlabs.plot.profile import profile

__all__ = [
    "augmentations",
    "cam",
    "channels",
    "confusion",
    "cost_bars",
    "gradient_norms",
    "layer_graph",
    "learning_curves",
    "lines",
    "profile",
]
