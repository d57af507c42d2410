# verdict: passed
class Count(int):
    def __repr__(self):
        return f"{int(self):,} parameters"


def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    return Count(kernel_size**2 * (in_channels / groups) * filters + filters * use_bias)
