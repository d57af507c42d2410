# verdict: failed
# aspect: call
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    raise NotImplementedError
