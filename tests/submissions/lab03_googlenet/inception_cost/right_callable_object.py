# verdict: passed
class InceptionCost:
    def conv(self, kernel, channels, filters):
        self.params += kernel**2 * channels * filters + filters
        self.macs += self.size**2 * kernel**2 * channels * filters
        return filters

    def __call__(self, size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
        self.size, self.params, self.macs = size, 0, 0
        self.conv(1, in_channels, f1)
        self.conv(3, self.conv(1, in_channels, f3_reduce), f3)
        self.conv(5, self.conv(1, in_channels, f5_reduce), f5)
        self.conv(1, in_channels, pool_proj)
        return self.params, self.macs


inception_cost = InceptionCost()
