# verdict: passed
import numpy as np


def grouped_conv(x, filters, kernel_size, groups):
    c = x.shape[-1]
    perm = ops.reshape(x, (-1, *x.shape[1:3], groups, c // groups))
    outs = [
        layers.Conv2D(filters // groups, kernel_size, padding="same")(perm[:, :, :, g]) for g in range(groups)
    ]
    out = ops.stack(outs, axis=3)
    return ops.reshape(out, (-1, *x.shape[1:3], filters))
