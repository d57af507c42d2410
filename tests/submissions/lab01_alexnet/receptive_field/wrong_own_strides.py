# verdict: failed
# aspect: output
# misconception: field_with_own_strides
def receptive_field(layers):
    field = jump = 1
    for k, s in layers:
        jump *= s
        field += (k - 1) * jump
    return field
