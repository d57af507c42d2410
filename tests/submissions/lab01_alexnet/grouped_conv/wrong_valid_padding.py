# verdict: failed
# aspect: shape
# misconception: groups_without_padding
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // groups
    blocks = [x[..., i * n : (i + 1) * n] for i in range(groups)]
    return ops.concatenate([layers.Conv2D(filters // groups, kernel_size)(b) for b in blocks], axis=-1)
