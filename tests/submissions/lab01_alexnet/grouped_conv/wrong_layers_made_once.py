# verdict: failed
# aspect: params
MADE = {}


def grouped_conv(x, filters, kernel_size, groups):
    key = filters, kernel_size, groups, x.shape
    if key not in MADE:
        MADE[key] = layers.Conv2D(filters, kernel_size, padding="same", groups=groups)
    return MADE[key](x)
