# verdict: passed
def activation_bytes(shape, dtype="float32"):
    x = ops.zeros([n or 1 for n in shape], dtype=dtype)
    return ops.convert_to_numpy(x).nbytes
