# verdict: failed
# aspect: call
def inception_module(x, widths):
    f1, f3_reduce, f3, f5_reduce, f5, pool_proj = widths
    return layers.Conv2D(f1 + f3 + f5 + pool_proj, 1)(x)
