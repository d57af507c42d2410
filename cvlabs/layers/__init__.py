"""Keras layers of our own: what Keras lacks, and what it computes slowly."""

from cvlabs.layers.batch_normalization import BatchNormalization
from cvlabs.layers.channel_shuffle import ChannelShuffle
from cvlabs.layers.channel_slice import ChannelSlice
from cvlabs.layers.grouped_conv2d import GroupedConv2D
from cvlabs.layers.local_response_normalization import LocalResponseNormalization
from cvlabs.layers.padded_shortcut import PaddedShortcut
from cvlabs.layers.pixels import Pixels
from cvlabs.layers.symmetric_max_pooling2d import SymmetricMaxPooling2D

__all__ = [
    "BatchNormalization",
    "ChannelShuffle",
    "ChannelSlice",
    "GroupedConv2D",
    "LocalResponseNormalization",
    "PaddedShortcut",
    "Pixels",
    "SymmetricMaxPooling2D",
]
