# verdict: failed
# aspect: output
# misconception: bytes_for_training
import math


def activation_bytes(shape, dtype="float32"):
    bits = int("".join(c for c in dtype if c.isdigit()))
    return math.prod(n or 1 for n in shape) * bits // 4
