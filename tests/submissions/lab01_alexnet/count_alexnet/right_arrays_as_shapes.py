# verdict: passed
import numpy as np


def count_alexnet():
    rows = []
    shape = np.array([227, 227, 3])
    for name, k, f, st, p, g in ALEXNET:
        size = (shape[:2] + 2 * p - k) // st + 1
        if f:
            new = np.append(size, f)
            rows.append((name, new, conv_params(k, shape[2], f, g), conv_macs(size[0], k, shape[2], f, g)))
        else:
            new = np.append(size, shape[2])
            rows.append((name, new, 0, 0))
        shape = new
    n = np.prod(shape)
    for name, u in zip(["dense6", "dense7", "dense8"], [4096, 4096, 1000]):
        rows.append((name, np.array([u]), n * u + u, n * u))
        n = u
    return rows
