# verdict: passed
class Counter:
    def conv(self, kernel, channels, filters, out):
        self.params += kernel**2 * channels * filters + 2 * filters
        self.macs += kernel**2 * channels * filters * out**2

    def __call__(self, size, in_channels, filters, strides):
        self.params = self.macs = 0
        out = -(-size // strides)
        for kernel, channels, width in [
            (1, in_channels, filters),
            (3, filters, filters),
            (1, filters, 4 * filters),
        ]:
            self.conv(kernel, channels, width, out)
        if size != out or in_channels != 4 * filters:
            self.conv(1, in_channels, 4 * filters, out)
        return [self.params, self.macs]


bottleneck_cost = Counter()
