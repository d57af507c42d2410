# verdict: failed
# aspect: output
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    params = macs = 0
    for k, c, f in ((1, in_channels, f1), (1, in_channels, f3_reduce), (3, f3_reduce, f3)):
        params += k * k * c * f + f
        macs += k * k * c * f * size**2
        return params, macs
