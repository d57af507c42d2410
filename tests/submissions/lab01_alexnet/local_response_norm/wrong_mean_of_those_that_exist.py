# verdict: failed
# aspect: output
def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    out = []
    for c in range(x.shape[-1]):
        w = x[..., max(0, c - depth_radius) : c + depth_radius + 1]
        out.append(x[..., c] / (bias + alpha * ops.mean(w**2, axis=-1)) ** beta)
    return ops.stack(out, axis=-1)
