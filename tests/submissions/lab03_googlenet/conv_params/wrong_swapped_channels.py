# verdict: failed
# aspect: output
# misconception: params_with_input_biases
def conv_params(kernel_size, in_channels, filters):
    layer = layers.Conv2D(in_channels, kernel_size)
    layer.build((None, None, None, filters))
    return layer.count_params()
