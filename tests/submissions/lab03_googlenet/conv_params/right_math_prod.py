# verdict: passed
import math


def conv_params(kernel_size: int, in_channels: int, filters: int) -> int:
    kernel_shape = (kernel_size, kernel_size, in_channels, filters)
    bias_shape = (filters,)
    return sum(math.prod(shape) for shape in (kernel_shape, bias_shape))
