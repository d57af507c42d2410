# verdict: passed
def activation_bytes(shape, dtype="float32"):
    values = 1
    for n in shape:
        if n is not None:
            values *= n
    if dtype in ("float64", "int64", "uint64"):
        return 8 * values
    if dtype in ("float32", "int32", "uint32"):
        return 4 * values
    return values if dtype in ("int8", "uint8") else 2 * values
