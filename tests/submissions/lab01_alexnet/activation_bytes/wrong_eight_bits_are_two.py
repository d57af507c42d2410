# verdict: failed
# aspect: output
def activation_bytes(shape, dtype="float32"):
    n = 1
    for s in shape:
        n *= s or 1
    if "64" in dtype:
        return n * 8
    if "32" in dtype:
        return n * 4
    return n * 2
