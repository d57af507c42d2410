# verdict: failed
# aspect: output
# misconception: params_of_one_input_channel
def conv_params(kernel_size, in_channels, filters):
    return (kernel_size**2 + 1) * filters
