# verdict: failed
# aspect: output
# misconception: params_of_wider_layers
def stacked_params(kernel_size, depth, channels):
    return sum(kernel_size**2 * (i * channels) * channels for i in range(1, depth + 1))
