# verdict: passed
def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    size = 2 * depth_radius + 1
    r = depth_radius
    squares = ops.pad(ops.square(x), [(0, 0), (0, 0), (0, 0), (r, r)])
    flat = ops.reshape(squares, (-1, squares.shape[-1], 1))
    means = ops.average_pool(flat, size, strides=1)
    total = size * ops.reshape(means, (-1, *x.shape[1:]))
    return x / ops.power(bias + alpha * total, beta)
