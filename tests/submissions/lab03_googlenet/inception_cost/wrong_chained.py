# verdict: failed
# aspect: output
# misconception: cost_of_chained_branches
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    params = macs = 0
    channels = in_channels
    for k, f in ((1, f1), (1, f3_reduce), (3, f3), (1, f5_reduce), (5, f5), (1, pool_proj)):
        params += k * k * channels * f + f
        macs += size**2 * k * k * channels * f
        channels = f
    return params, macs
