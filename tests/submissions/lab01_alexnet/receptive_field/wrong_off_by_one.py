# verdict: failed
# aspect: output
def receptive_field(layers):
    field = 1
    for k, s in reversed(layers):
        field = field * s + k
    return field
