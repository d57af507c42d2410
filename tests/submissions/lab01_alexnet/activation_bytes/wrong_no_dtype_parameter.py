# verdict: failed
# aspect: call
import math


def activation_bytes(shape):
    return 4 * math.prod(n or 1 for n in shape)
