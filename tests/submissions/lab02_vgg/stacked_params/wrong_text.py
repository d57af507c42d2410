# verdict: failed
# aspect: shape
def stacked_params(kernel_size, depth, channels):
    return f"{depth * kernel_size**2}C²"
