# verdict: passed
def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    r, n = depth_radius, x.shape[-1]
    sums = ops.cumsum(ops.pad(x**2, [(0, 0), (0, 0), (0, 0), (r + 1, r)]), axis=-1)
    return x / (bias + alpha * (sums[..., 2 * r + 1 :] - sums[..., :n])) ** beta
