# verdict: failed
# aspect: shape
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    return ops.zeros((1, x.shape[1], x.shape[2], f1 + f3 + f5 + pool_proj))
