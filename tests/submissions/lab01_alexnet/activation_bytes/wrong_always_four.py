# verdict: failed
# aspect: output
# misconception: bytes_of_float32
import math


def activation_bytes(shape, dtype="float32"):
    return 4 * math.prod(n or 1 for n in shape)
