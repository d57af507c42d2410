# verdict: failed
# aspect: output
def bottleneck_cost(size, in_channels, filters, strides):
    return ({1: (73984, 231211008), 4: (70400, 218365952)})[4]
