# verdict: failed
# aspect: output
import math


def activation_bytes(shape, dtype="float16"):
    bits = int("".join(c for c in dtype if c.isdigit()))
    return math.prod(n or 1 for n in shape) * bits // 8
