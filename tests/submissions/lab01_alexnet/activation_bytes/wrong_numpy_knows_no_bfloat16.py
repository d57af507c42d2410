# verdict: failed
# aspect: call
import math


def activation_bytes(shape, dtype="float32"):
    values = math.prod(n or 1 for n in shape)
    return values * {"float64": 8, "float32": 4, "int32": 4}[dtype]
