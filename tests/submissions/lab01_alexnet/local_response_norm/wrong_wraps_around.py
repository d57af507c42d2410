# verdict: failed
# aspect: output
# misconception: lrn_that_wraps_around
def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    total = sum(ops.roll(x**2, i, axis=-1) for i in range(-depth_radius, depth_radius + 1))
    return x / (bias + alpha * total) ** beta
