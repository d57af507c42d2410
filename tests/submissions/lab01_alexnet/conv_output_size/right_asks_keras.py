# verdict: passed
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    x = keras.Input((size + 2 * padding, 1, 1))
    y = (
        layers.Conv2D(1, (kernel_size, 1), strides=(strides, strides), dilation_rate=(1, 1))(x)
        if dilation == 1
        else layers.MaxPooling2D((dilation * (kernel_size - 1) + 1, 1), strides=strides)(x)
    )
    return y.shape[1]
