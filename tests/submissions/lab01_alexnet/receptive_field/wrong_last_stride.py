# verdict: failed
# aspect: output
# misconception: field_with_the_last_stride_only
def receptive_field(layers):
    field, before = 1, 1
    for k, s in layers:
        field, before = field + (k - 1) * before, s
    return field
