# verdict: failed
# aspect: output
def receptive_field(layers):
    r, j = 1, 1
    for k, s in layers:
        r += 2 * (k // 2) * j
        j *= s
    return r
