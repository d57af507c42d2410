# verdict: failed
# aspect: shape
def receptive_field(layers):
    fields, jump = [1], 1
    for k, s in layers:
        fields.append(fields[-1] + (k - 1) * jump)
        jump *= s
    return fields
