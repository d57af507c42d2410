# verdict: passed
import numpy as np


def find_omitted_layer(published_macs, published_memory, layers):
    cost = np.array([[r[3] / 1e9, 4 * np.prod(r[1]) / 2**20 if len(r[1]) == 3 else 0.0] for r in layers])
    target = np.array([published_macs, published_memory])
    if (cost.sum(0).round(1) == target).all():
        return []
    loo = (cost.sum(0) - cost).round(1)
    return [n for (n, *_), ok in zip(layers, (loo == target).all(1)) if ok]
