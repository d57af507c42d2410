# verdict: passed
conv_macs = lambda output_size, kernel_size, in_channels, filters: (
    (output_size * kernel_size) ** 2 * in_channels * filters
)
