# verdict: failed
# aspect: output
# misconception: params_with_biases
def stacked_params(kernel_size, depth, channels):
    one = kernel_size**2 * channels * channels + channels
    return depth * one
