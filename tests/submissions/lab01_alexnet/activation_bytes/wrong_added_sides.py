# verdict: failed
# aspect: output
# misconception: bytes_of_added_sides
import math


def activation_bytes(shape, dtype="float32"):
    bits = int("".join(c for c in dtype if c.isdigit()))
    total = 0
    for n in shape:
        total += n or 1
    return total * bits // 8
