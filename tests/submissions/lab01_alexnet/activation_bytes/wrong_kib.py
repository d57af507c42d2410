# verdict: failed
# aspect: output
# misconception: kib_of_an_activation
import math


def activation_bytes(shape, dtype="float32"):
    bits = int("".join(c for c in dtype if c.isdigit()))
    return math.prod(n or 1 for n in shape) * bits / 8 / 1024
