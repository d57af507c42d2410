# verdict: failed
# aspect: output
# misconception: lrn_with_alpha_on_the_bias
def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    n, r = x.shape[-1], depth_radius
    padded = ops.pad(x**2, [(0, 0), (0, 0), (0, 0), (r, r)])
    total = sum(padded[..., i : i + n] for i in range(2 * r + 1))
    return x / (alpha * (bias + total)) ** beta
