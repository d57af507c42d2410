# verdict: passed
conv_params = lambda kernel_size, in_channels, filters, groups=1, use_bias=True: (
    filters * (kernel_size**2 * in_channels // groups + int(use_bias))
)
