# verdict: passed
class Count:
    def __init__(self, bias):
        self.bias = bias

    def __call__(self, kernel_size, in_channels, filters):
        per_filter = kernel_size**2 * in_channels + self.bias
        return per_filter * filters


conv_params = Count(bias=1)
