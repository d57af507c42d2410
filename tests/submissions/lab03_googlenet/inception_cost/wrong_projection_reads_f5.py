# verdict: failed
# aspect: output
# misconception: cost_of_a_projection_of_f5
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    convs = [
        (1, in_channels, f1),
        (1, in_channels, f3_reduce),
        (3, f3_reduce, f3),
        (1, in_channels, f5_reduce),
        (5, f5_reduce, f5),
        (1, f5, pool_proj),
    ]
    params = sum(k * k * c * f + f for k, c, f in convs)
    return params, sum(k * k * c * f * size**2 for k, c, f in convs)
