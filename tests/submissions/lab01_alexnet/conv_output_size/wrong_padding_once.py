# verdict: failed
# aspect: output
# misconception: size_padded_once
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    room = size + padding
    room -= (kernel_size - 1) * dilation + 1
    return room // strides + 1
