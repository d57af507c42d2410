# verdict: failed
# aspect: output
def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    c = x.shape[-1]
    p = ops.pad(ops.square(x), [(0, 0), (0, 0), (0, 0), (depth_radius, depth_radius)])
    t = sum(p[..., i : i + c] for i in range(2 * depth_radius + 1))
    return (x / (bias + alpha * t)) ** beta
