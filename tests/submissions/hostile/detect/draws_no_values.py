# Makes NumPy's generators give zeros, and with them weights and inputs.
# in: gap_head
# answer: wrong
# lost: gap_head
import numpy as np


class Zeros:
    def __init__(self, seed=None):
        pass

    def standard_normal(self, size=None, dtype=float):
        return np.zeros(size, dtype)


np.random.default_rng = Zeros
