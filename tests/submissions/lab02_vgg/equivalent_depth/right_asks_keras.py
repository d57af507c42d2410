# verdict: passed
def equivalent_depth(kernel_size):
    x = inputs = keras.Input((kernel_size, kernel_size, 1))
    depth = 0
    while x.shape[1] > 1:
        x = layers.Conv2D(1, 3)(x)
        depth += 1
    return depth
