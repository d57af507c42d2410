"""Keras layers of our own: what Keras lacks, and what it computes slowly."""

from cvlabs.layers.batch_normalization import BatchNormalization
from cvlabs.layers.grouped_conv2d import GroupedConv2D
from cvlabs.layers.local_response_normalization import LocalResponseNormalization

__all__ = ["BatchNormalization", "GroupedConv2D", "LocalResponseNormalization"]
