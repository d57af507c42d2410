# verdict: passed
import numpy as np


def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    kernel = np.ones((1, 1, 2 * depth_radius + 1, 1, 1), "float32")
    total = ops.conv(ops.expand_dims(x**2, -1), kernel, padding="same")
    return x / (bias + alpha * ops.squeeze(total, -1)) ** beta
