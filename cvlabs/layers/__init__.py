"""Keras layers of our own: what Keras lacks."""

from cvlabs.layers.local_response_normalization import LocalResponseNormalization

__all__ = ["LocalResponseNormalization"]
