# verdict: passed
def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    h, w, c = x.shape[1:]
    s = ops.reshape(ops.square(x), (-1, h * w, c))
    s = ops.transpose(s, (0, 2, 1))
    s = layers.ZeroPadding1D(depth_radius)(s)
    s = layers.AveragePooling1D(2 * depth_radius + 1, strides=1)(s) * (2 * depth_radius + 1)
    s = ops.reshape(ops.transpose(s, (0, 2, 1)), (-1, h, w, c))
    return x / (bias + alpha * s) ** beta
