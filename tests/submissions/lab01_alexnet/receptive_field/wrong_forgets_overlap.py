# verdict: failed
# aspect: output
# misconception: field_of_whole_kernels
def receptive_field(layers):
    field = 1
    for k, s in reversed(layers):
        field = field * s + (k - s) + 1
    return field
