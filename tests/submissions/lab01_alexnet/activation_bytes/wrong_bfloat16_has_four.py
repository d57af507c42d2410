# verdict: failed
# aspect: output
def activation_bytes(shape, dtype="float32"):
    n = 1
    for s in shape:
        n *= s or 1
    return n * {
        "float64": 8,
        "float32": 4,
        "float16": 2,
        "int64": 8,
        "int32": 4,
        "int16": 2,
        "int8": 1,
        "uint8": 1,
    }.get(dtype, 4)
