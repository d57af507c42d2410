# verdict: failed
# aspect: call
import math


def activation_bytes(shape, dtype="float32"):
    bits = int("".join(c for c in dtype if c.isdigit()))
    return math.prod(shape) * bits // 8
