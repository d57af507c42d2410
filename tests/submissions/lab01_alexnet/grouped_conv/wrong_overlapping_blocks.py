# verdict: failed
# aspect: output
# misconception: overlapping_groups
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // groups
    blocks = [x[..., i * n : (i + 1) * n] for i in range(groups)]
    return ops.concatenate(
        [
            layers.Conv2D(filters // groups, kernel_size, padding="same")(x[..., i : i + n])
            for i in range(groups)
        ],
        axis=-1,
    )
