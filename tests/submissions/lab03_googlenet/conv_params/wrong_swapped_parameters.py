# verdict: failed
# aspect: call
def conv_params(in_channels, kernel_size, channels_out):
    return kernel_size**2 * in_channels * channels_out + channels_out
