# verdict: failed
# aspect: output
# misconception: lrn_as_in_pytorch
def local_response_norm(x, depth_radius=2, bias=1.0, alpha=1e-4, beta=0.75):
    c, size = x.shape[-1], 2 * depth_radius + 1
    padded = ops.pad(ops.square(x), [(0, 0), (0, 0), (0, 0), (depth_radius, depth_radius)])
    div = sum(padded[..., i : i + c] for i in range(size)) / size
    return x / (bias + alpha * div) ** beta
