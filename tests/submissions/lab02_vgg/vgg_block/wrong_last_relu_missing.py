# verdict: failed
# aspect: output
# misconception: block_with_a_linear_end
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same")(x)
        if i + 1 < convs:
            x = ops.relu(x)
    return layers.MaxPooling2D(2)(x)
