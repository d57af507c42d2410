# verdict: passed
def count_alexnet():
    rows, x = [], ops.zeros((1, 227, 227, 3))
    for name, kernel_size, filters, strides, padding, groups in ALEXNET:
        channels, params, macs = x.shape[-1], 0, 0
        if filters is None:
            x = layers.MaxPooling2D(kernel_size, strides)(x)
        else:
            x = layers.Conv2D(filters, kernel_size, strides, "same" if padding else "valid")(x)
            params = conv_params(kernel_size, channels, filters, groups)
            macs = conv_macs(x.shape[1], kernel_size, channels, filters, groups)
        rows.append((name, x.shape[1:], params, macs))
    x = layers.Flatten()(x)
    for name, units in (("dense6", 4096), ("dense7", 4096), ("dense8", 1000)):
        params, macs = conv_params(1, x.shape[-1], units), conv_macs(1, 1, x.shape[-1], units)
        x = ops.zeros((1, units))
        rows.append((name, x.shape[1:], params, macs))
    return rows
