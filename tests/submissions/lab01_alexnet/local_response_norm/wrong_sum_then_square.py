# verdict: failed
# aspect: output
# misconception: lrn_that_squares_the_sum
def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    n, r = x.shape[-1], depth_radius
    padded = ops.pad(x, [(0, 0), (0, 0), (0, 0), (r, r)])
    total = sum(padded[..., i : i + n] for i in range(2 * r + 1))
    return x / (bias + alpha * total**2) ** beta
