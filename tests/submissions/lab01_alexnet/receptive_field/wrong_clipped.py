# verdict: failed
# aspect: output
# misconception: field_within_alexnets_image
def receptive_field(layers):
    r, j = 1, 1
    for k, s in layers:
        r += (k - 1) * j
        j *= s
    return min(r, 227)
