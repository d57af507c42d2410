# verdict: failed
# aspect: output
# misconception: params_of_the_field
def stacked_params(kernel_size, depth, channels):
    field = kernel_size
    for _ in range(depth - 1):
        field += kernel_size - 1
    return field * field * channels * channels
