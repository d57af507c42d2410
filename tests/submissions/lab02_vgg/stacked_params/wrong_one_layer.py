# verdict: failed
# aspect: output
# misconception: params_of_one_layer
def stacked_params(kernel_size, depth, channels):
    return (kernel_size * channels) ** 2
