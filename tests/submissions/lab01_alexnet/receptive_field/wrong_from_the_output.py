# verdict: failed
# aspect: output
# misconception: field_from_the_output
def receptive_field(layers):
    field = jump = 1
    for k, s in reversed(layers):
        field, jump = field + (k - 1) * jump, jump * s
    return field
