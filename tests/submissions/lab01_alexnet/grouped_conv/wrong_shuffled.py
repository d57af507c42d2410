# verdict: failed
# aspect: output
# misconception: shuffled_groups
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // groups
    blocks = [x[..., i * n : (i + 1) * n] for i in range(groups)]
    maps = ops.stack(
        [layers.Conv2D(filters // groups, kernel_size, padding="same")(b) for b in blocks], axis=-1
    )
    return ops.reshape(maps, (-1, *x.shape[1:3], filters))
