# verdict: failed
# aspect: output
def receptive_field(layers):
    r = 1
    for k, s in layers:
        r = r * s + k - 1
    return r
