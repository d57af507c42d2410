# verdict: passed
def activation_bytes(shape, dtype="float32"):
    if len(shape) == 0:
        return {"float64": 8, "float32": 4, "float16": 2}.get(dtype) or int(dtype[-2:].lstrip("t")) // 8
    first, *rest = shape
    return (first or 1) * activation_bytes(rest, dtype)
