# verdict: failed
# aspect: params
# misconception: groups_of_all_channels
def grouped_conv(x, filters, kernel_size, groups):
    return ops.concatenate(
        [layers.Conv2D(filters // groups, kernel_size, padding="same")(x) for _ in range(groups)], axis=-1
    )
