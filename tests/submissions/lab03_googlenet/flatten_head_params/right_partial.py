# verdict: passed
import functools


def dense(h, w, c, classes, flatten):
    inputs = h * w * c if flatten else c
    return inputs * classes + classes


flatten_head_params = functools.partial(dense, flatten=True)
