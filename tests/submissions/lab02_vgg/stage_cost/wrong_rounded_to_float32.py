# verdict: failed
# aspect: output
def stage_cost(size, channels):
    kernel = ops.ones((3, 3, channels, channels))
    params = ops.sum(kernel)
    return 4 * size * size * channels, params, size * size * params
