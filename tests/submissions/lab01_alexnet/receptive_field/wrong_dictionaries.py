# verdict: failed
# aspect: call
def receptive_field(layers):
    field = jump = 1
    for layer in layers:
        field += (layer["kernel_size"] - 1) * jump
        jump *= layer["strides"]
    return field
