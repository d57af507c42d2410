# verdict: passed
import math


def flatten_head_params(h, w, c, classes):
    features = math.prod((h, w, c))
    return classes * features + classes
