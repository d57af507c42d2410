# verdict: failed
# aspect: output
# misconception: field_of_whole_kernels
def receptive_field(layers):
    field = jump = 1
    for k, s in layers:
        field, jump = field + k * jump, jump * s
    return field
