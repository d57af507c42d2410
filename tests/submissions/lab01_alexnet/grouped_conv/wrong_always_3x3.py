# verdict: failed
# aspect: params
# misconception: groups_of_3x3
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // groups
    blocks = [x[..., i * n : (i + 1) * n] for i in range(groups)]
    return ops.concatenate([layers.Conv2D(filters // groups, 3, padding="same")(b) for b in blocks], axis=-1)
