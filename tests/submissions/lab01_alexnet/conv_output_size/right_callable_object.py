# verdict: passed
class OutputSize:
    def extent(self, kernel_size, dilation):
        return kernel_size + (kernel_size - 1) * (dilation - 1)

    def __call__(self, size, kernel_size, strides=1, padding=0, dilation=1):
        room = size + padding + padding - self.extent(kernel_size, dilation)
        steps, _over = divmod(room, strides)
        return steps + 1


conv_output_size = OutputSize()
