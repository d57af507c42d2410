# verdict: failed
# aspect: shape
def count_alexnet():
    rows, size, channels = [], 227, 3
    for name, kernel_size, filters, strides, padding, groups in ALEXNET:
        size = conv_output_size(size, kernel_size, strides, padding)
        params = macs = 0
        if filters is not None:
            params = conv_params(kernel_size, channels, filters, groups)
            macs = conv_macs(size, kernel_size, channels, filters, groups)
            channels = filters
        rows += (name, (size, size, channels), params, macs)
    values = size * size * channels
    for name, units in (("dense6", 4096), ("dense7", 4096), ("dense8", 1000)):
        rows += (name, (units,), (values + 1) * units, values * units)
        values = units
    return rows
