# verdict: failed
# aspect: output
def residual_block_cost(size, in_channels, filters, strides):
    return ({1: (73984, 231211008), 4: (70400, 218365952)})[1]
