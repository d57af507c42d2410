# verdict: passed
def conv_params(kernel_size, in_channels, filters):
    return kernel_size**2 * in_channels * filters + filters


def conv_macs(output_size, kernel_size, in_channels, filters):
    return output_size**2 * kernel_size**2 * in_channels * filters


def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    convs = [
        (1, in_channels, f1),
        (1, in_channels, f3_reduce),
        (3, f3_reduce, f3),
        (1, in_channels, f5_reduce),
        (5, f5_reduce, f5),
        (1, in_channels, pool_proj),
    ]
    params = sum(conv_params(*conv) for conv in convs)
    macs = sum(conv_macs(size, *conv) for conv in convs)
    return params, macs
