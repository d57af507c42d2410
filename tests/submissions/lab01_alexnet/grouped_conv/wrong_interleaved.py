# verdict: failed
# aspect: output
# misconception: interleaved_groups
def grouped_conv(x, filters, kernel_size, groups):
    return ops.concatenate(
        [
            layers.Conv2D(filters // groups, kernel_size, padding="same")(x[..., i::groups])
            for i in range(groups)
        ],
        axis=-1,
    )
