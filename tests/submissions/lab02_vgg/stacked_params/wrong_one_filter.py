# verdict: failed
# aspect: output
# misconception: params_of_one_filter
def stacked_params(kernel_size, depth, channels):
    return sum(kernel_size**2 * channels for _ in range(depth))
