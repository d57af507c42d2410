# verdict: failed
# aspect: output
# misconception: count_of_the_lecture
def count_alexnet():
    rows, size, channels = [], 227, 3
    for name, kernel_size, filters, strides, padding, groups in ALEXNET:
        size = conv_output_size(size, kernel_size, strides, padding)
        params = macs = 0
        filters = {"conv1": 64, "conv2": 192, "conv3": 384, "conv4": 256, "conv5": 256}.get(name)
        if filters is not None:
            params = conv_params(kernel_size, channels, filters)
            macs = conv_macs(size, kernel_size, channels, filters)
            channels = filters
        rows.append((name, (size, size, channels), params, macs))
    values = size * size * channels
    for name, units in (("dense6", 4096), ("dense7", 4096), ("dense8", 1000)):
        rows.append((name, (units,), (values + 1) * units, values * units))
        values = units
    return rows
