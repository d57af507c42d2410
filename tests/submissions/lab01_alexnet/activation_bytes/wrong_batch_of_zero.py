# verdict: failed
# aspect: output
# misconception: bytes_of_no_image
import math


def activation_bytes(shape, dtype="float32"):
    bits = int("".join(c for c in dtype if c.isdigit()))
    return math.prod(0 if n is None else n for n in shape) * bits // 8
