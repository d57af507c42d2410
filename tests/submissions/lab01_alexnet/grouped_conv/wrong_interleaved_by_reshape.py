# verdict: failed
# aspect: output
# misconception: interleaved_groups
def grouped_conv(x, filters, kernel_size, groups):
    h, w, c = x.shape[1:]
    blocks = ops.reshape(x, (-1, h, w, c // groups, groups))
    return ops.concatenate(
        [
            layers.Conv2D(filters // groups, kernel_size, padding="same")(blocks[..., i])
            for i in range(groups)
        ],
        axis=-1,
    )
