# verdict: failed
# aspect: output
# misconception: bytes_of_three_axes
import math


def activation_bytes(shape, dtype="float32"):
    bits = int("".join(c for c in dtype if c.isdigit()))
    return math.prod(filter(None, shape[-3:])) * bits // 8
