# verdict: failed
# aspect: output
# misconception: area_of_the_field
def receptive_field(layers):
    field = jump = 1
    for k, s in layers:
        field, jump = field + (k - 1) * jump, jump * s
    return field**2
