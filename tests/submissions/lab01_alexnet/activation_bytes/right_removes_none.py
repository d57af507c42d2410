# verdict: passed
def activation_bytes(shape, dtype="float32"):
    shape = list(shape)
    while None in shape:
        shape.remove(None)
    size = 1
    while shape:
        size *= shape.pop()
    return size * int(dtype.translate(str.maketrans("", "", "abcdefghijklmnopqrstuvwxyz"))) >> 3
