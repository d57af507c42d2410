# verdict: passed
def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    sq = layers.Multiply()([x, x])
    c = x.shape[-1]
    parts = []
    for i in range(c):
        lo, hi = max(i - depth_radius, 0), min(i + depth_radius, c - 1)
        neigh = [sq[:, :, :, j : j + 1] for j in range(lo, hi + 1)]
        s = neigh[0]
        for n in neigh[1:]:
            s = layers.Add()([s, n])
        parts.append(x[:, :, :, i : i + 1] / (bias + alpha * s) ** beta)
    return layers.Concatenate(axis=-1)(parts)
