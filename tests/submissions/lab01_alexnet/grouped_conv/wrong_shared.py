# verdict: failed
# aspect: params
# misconception: shared_group
def grouped_conv(x, filters, kernel_size, groups):
    n = x.shape[-1] // groups
    blocks = [x[..., i * n : (i + 1) * n] for i in range(groups)]
    shared = layers.Conv2D(filters // groups, kernel_size, padding="same")
    return ops.concatenate([shared(b) for b in blocks], axis=-1)
