# verdict: passed
import numpy as np


def activation_bytes(shape, dtype="float32"):
    size = 2 if dtype == "bfloat16" else np.dtype(dtype).itemsize
    return np.prod([1 if n is None else n for n in shape], dtype="int64") * size
