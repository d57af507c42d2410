# verdict: passed
import numpy as np


def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    c = x.shape[-1]
    sq = ops.concatenate([ops.square(x), ops.zeros_like(x[..., :1])], axis=-1)
    idx = np.arange(c)[:, None] + np.arange(-depth_radius, depth_radius + 1)[None]
    idx = np.where((idx < 0) | (idx >= c), c, idx)
    return x / (bias + alpha * ops.sum(ops.take(sq, idx, axis=-1), axis=-1)) ** beta
