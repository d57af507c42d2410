# verdict: failed
# aspect: call
import math


def activation_bytes(shape, dtype="float32"):
    h, w, c = shape
    return h * w * c * 4
