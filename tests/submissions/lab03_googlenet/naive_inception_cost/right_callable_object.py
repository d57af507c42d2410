# verdict: passed
class Naive:
    kernels = 1, 3, 5

    def __call__(self, size, in_channels, f1, f3, f5):
        convs = list(zip(self.kernels, (f1, f3, f5)))
        macs_per_position = sum(k * k * f for k, f in convs) * in_channels
        return macs_per_position + sum((f1, f3, f5)), macs_per_position * size * size


naive_inception_cost = Naive()
