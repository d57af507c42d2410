# verdict: failed
# aspect: output
# misconception: lrn_over_space
def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    r = depth_radius
    h, w = x.shape[1:3]
    padded = ops.pad(x**2, [(0, 0), (r, r), (r, r), (0, 0)])
    total = 0
    for i in range(2 * r + 1):
        for j in range(2 * r + 1):
            total += padded[:, i : i + h, j : j + w]
    return x / (bias + alpha * total) ** beta
