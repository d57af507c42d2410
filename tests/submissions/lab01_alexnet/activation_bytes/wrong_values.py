# verdict: failed
# aspect: output
# misconception: values_of_an_activation
import math


def activation_bytes(shape, dtype="float32"):
    return math.prod(n for n in shape if n)
