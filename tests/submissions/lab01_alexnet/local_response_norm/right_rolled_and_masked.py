# verdict: passed
import numpy as np


def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    c = x.shape[-1]
    total = ops.zeros_like(x)
    idx = np.arange(c)
    for o in range(-depth_radius, depth_radius + 1):
        ok = ((idx + o >= 0) & (idx + o < c)).astype("float32")
        total = total + ops.roll(ops.square(x), -o, axis=-1) * ok
    return x / ops.power(bias + alpha * total, beta)
