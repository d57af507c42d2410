# verdict: passed
def conv_params(*args, **kwargs):
    def count(kernel_size, in_channels, filters):
        return kernel_size**2 * in_channels * filters + filters

    return count(*args, **kwargs)
