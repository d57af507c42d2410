# verdict: passed
def receptive_field(layers):
    r, j = ops.convert_to_tensor(1), 1
    for k, s in layers:
        r = r + (k - 1) * j
        j = j * s
    return r
