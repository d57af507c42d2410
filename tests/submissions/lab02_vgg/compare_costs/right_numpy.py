# verdict: passed
import numpy as np


def totals(table):
    maps = [np.prod(shape, dtype=np.int64) for _, shape, _, _ in table if len(shape) > 1]
    return np.array([np.sum(maps), *np.sum([row[2:] for row in table], axis=0, dtype=np.int64)])


def compare_costs(a, b):
    return totals(b) / totals(a)
