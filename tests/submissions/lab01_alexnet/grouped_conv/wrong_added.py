# verdict: failed
# aspect: params
# misconception: groups_added
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // groups
    blocks = [x[..., i * n : (i + 1) * n] for i in range(groups)]
    maps = [layers.Conv2D(filters, kernel_size, padding="same")(b) for b in blocks]
    return maps[0] if groups == 1 else layers.Add()(maps)
