# verdict: failed
# aspect: call
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // groups
    blocks = [x[..., i * n : (i + 1) * n] for i in range(groups)]
    return ops.concatenate(
        [layers.Conv2D(filters // groups, kernel_size, padding="same")(b) for b in blocks[1:]], axis=-1
    )
