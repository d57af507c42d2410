# verdict: passed
def conv(kernel_height, kernel_width, in_channels, filters):
    return kernel_height * kernel_width * in_channels * filters + filters


def flatten_head_params(h: int, w: int, c: int, classes: int) -> int:
    return conv(h, w, c, classes)
