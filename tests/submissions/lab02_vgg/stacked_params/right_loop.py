# verdict: passed
def stacked_params(kernel_size, depth, channels):
    params = 0
    for _ in range(depth):
        params += kernel_size * kernel_size * channels * channels
    return params
