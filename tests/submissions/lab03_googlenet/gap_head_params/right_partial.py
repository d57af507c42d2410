# verdict: passed
from functools import partial


def head(h, w, c, classes):
    return h * w * c * classes + classes


gap_head_params = lambda c, classes: partial(head, 1, 1)(c, classes)
