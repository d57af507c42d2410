"""Figures for notebooks: a student's own model, and what it costs."""

from cvlabs.plot.augmentations import augmentations
from cvlabs.plot.bars import cost_bars
from cvlabs.plot.channels import channels
from cvlabs.plot.layer_graph import layer_graph
from cvlabs.plot.lines import lines
from cvlabs.plot.profile import profile

__all__ = ["augmentations", "channels", "cost_bars", "layer_graph", "lines", "profile"]
