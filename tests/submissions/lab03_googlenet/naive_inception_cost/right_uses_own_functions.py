# verdict: passed
def conv_params(kernel_size, in_channels, filters):
    return kernel_size**2 * in_channels * filters + filters


def conv_macs(output_size, kernel_size, in_channels, filters):
    return output_size**2 * kernel_size**2 * in_channels * filters


def naive_inception_cost(size, in_channels, f1, f3, f5):
    params = (
        conv_params(1, in_channels, f1) + conv_params(3, in_channels, f3) + conv_params(5, in_channels, f5)
    )
    macs = sum(conv_macs(size, k, in_channels, f) for k, f in {1: f1, 3: f3, 5: f5}.items())
    return params, macs
