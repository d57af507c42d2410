# verdict: passed
class Macs:
    def __call__(self, output_size, kernel_size, in_channels, filters):
        return sum(output_size * kernel_size**2 * in_channels * filters for _ in range(output_size))


conv_macs = Macs()
