# verdict: failed
# aspect: output
# misconception: field_with_added_strides
def receptive_field(layers):
    field = 1
    for i, (k, _) in enumerate(layers):
        field += (k - 1) * (sum(s for _, s in layers[:i]) or 1)
    return field
