# verdict: failed
# aspect: shape
# misconception: groups_with_all_filters
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // groups
    blocks = [x[..., i * n : (i + 1) * n] for i in range(groups)]
    return ops.concatenate([layers.Conv2D(filters, kernel_size, padding="same")(b) for b in blocks], -1)
