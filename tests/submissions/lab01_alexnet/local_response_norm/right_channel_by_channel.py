# verdict: passed
def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    out = []
    for c in range(x.shape[-1]):
        window = x[..., max(0, c - depth_radius) : c + depth_radius + 1]
        total = ops.sum(window**2, axis=-1)
        out.append(x[..., c] / (bias + alpha * total) ** beta)
    return ops.stack(out, axis=-1)
