# verdict: failed
# aspect: output
import numpy as np


def naive_inception_cost(size, in_channels, f1, f3, f5):
    weights = np.float16(in_channels) * (f1 + 9 * f3 + 25 * f5)
    return int(weights) + f1 + f3 + f5, int(weights) * size**2
