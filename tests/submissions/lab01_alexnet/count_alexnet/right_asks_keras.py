# verdict: passed
def count_alexnet():
    x = inputs = keras.Input((227, 227, 3))
    rows = []
    for name, kernel_size, filters, strides, padding, groups in ALEXNET:
        channels = x.shape[-1]
        if filters is None:
            layer = layers.MaxPooling2D(kernel_size, strides)
        else:
            layer = layers.Conv2D(
                filters, kernel_size, strides, "same" if padding else "valid", groups=groups
            )
        x = layer(x)
        macs = 0
        if filters:
            macs = x.shape[1] * x.shape[2] * kernel_size**2 * channels * filters // groups
        rows.append((name, x.shape[1:], layer.count_params(), macs))
    values = x.shape[1] * x.shape[2] * x.shape[3]
    for name, units in {"dense6": 4096, "dense7": 4096, "dense8": 1000}.items():
        rows.append((name, (units,), values * units + units, values * units))
        values = units
    return rows
