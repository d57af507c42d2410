# verdict: passed
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    span = (kernel_size - 1) * dilation
    count = 0
    start = -padding
    while start + span < size + padding:
        count += 1
        start += strides
    return count
