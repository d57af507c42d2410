# verdict: passed
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    import numpy as np

    a = np.pad(np.arange(size), padding)
    w = np.lib.stride_tricks.sliding_window_view(a, dilation * (kernel_size - 1) + 1)
    return w[::strides].shape[0]
