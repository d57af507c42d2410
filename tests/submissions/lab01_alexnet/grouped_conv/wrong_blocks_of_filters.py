# verdict: failed
# aspect: params
# misconception: groups_as_wide_as_their_outputs
def grouped_conv(x, filters, kernel_size, groups):
    parts = [x[..., i * (filters // groups) : (i + 1) * (filters // groups)] for i in range(groups)]
    return ops.concatenate(
        [layers.Conv2D(filters // groups, kernel_size, padding="same")(p) for p in parts], -1
    )
