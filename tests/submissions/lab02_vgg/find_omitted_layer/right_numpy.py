# verdict: passed
import numpy as np


def find_omitted_layer(published_macs, published_memory, layers):
    names = [row[0] for row in layers]
    macs = np.array([row[3] for row in layers]) / 1e9
    memory = np.array([np.prod(row[1]) if len(row[1]) == 3 else 0 for row in layers]) * 4 / 1024**2

    def fits(m, b):
        return np.isclose(np.round(m, 1), published_macs) & np.isclose(np.round(b, 1), published_memory)

    if fits(macs.sum(), memory.sum()):
        return []
    return np.array(names)[fits(macs.sum() - macs, memory.sum() - memory)]
