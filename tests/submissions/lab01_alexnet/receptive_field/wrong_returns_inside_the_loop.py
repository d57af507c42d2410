# verdict: failed
# aspect: output
# misconception: field_of_the_first_layer
def receptive_field(layers):
    r, j = 1, 1
    for k, s in layers:
        r += (k - 1) * j
        j *= s
        return r
    return 1
