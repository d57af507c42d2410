# verdict: failed
# aspect: output
# misconception: lrn_over_all_channels
def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    total = ops.sum(x**2, axis=-1, keepdims=True)
    return x / (bias + alpha * total) ** beta
