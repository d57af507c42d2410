# verdict: failed
# aspect: shape
# misconception: bottleneck_of_the_basic_block
def bottleneck_block(x, filters, strides=1):
    return residual_block(x, filters, strides)
