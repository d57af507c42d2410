# verdict: failed
# aspect: params
# misconception: groups_without_biases
def grouped_conv(x, filters, kernel_size, groups):
    return layers.Conv2D(filters, kernel_size, padding="same", groups=groups, use_bias=False)(x)
