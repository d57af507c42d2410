# verdict: failed
# aspect: params
# misconception: always_two_groups
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // 2
    a = layers.Conv2D(filters // 2, kernel_size, padding="same")(x[..., :n])
    b = layers.Conv2D(filters // 2, kernel_size, padding="same")(x[..., n : 2 * n])
    return ops.concatenate([a, b], axis=-1)
