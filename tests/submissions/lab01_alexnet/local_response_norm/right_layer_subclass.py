# verdict: passed
class Normalize(keras.Layer):
    def __init__(self, r, bias, alpha, beta):
        super().__init__()
        self.r, self.k, self.alpha, self.beta = r, bias, alpha, beta

    def call(self, x):
        padded = ops.pad(x**2, [(0, 0)] * 3 + [(self.r, self.r)])
        total = padded[..., : x.shape[-1]]
        for i in range(1, 2 * self.r + 1):
            total += padded[..., i : i + x.shape[-1]]
        return x * ops.exp(-self.beta * ops.log(self.k + self.alpha * total))


def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    return Normalize(depth_radius, bias, alpha, beta)(x)
