# verdict: passed
def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    n = x.shape[-1]
    padded = ops.pad(x * x, ((0, 0), (0, 0), (0, 0), (depth_radius, depth_radius)))
    total = sum(padded[..., i : i + n] for i in range(2 * depth_radius + 1))
    return x / (bias + alpha * total) ** beta
