# verdict: passed
conv_params = lambda kernel_size, in_channels, filters: (
    (kernel_size * kernel_size * in_channels + 1) * filters
)
