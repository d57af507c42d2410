# verdict: failed
# aspect: shape
def equivalent_depth(kernel_size):
    return f"{kernel_size // 2}"
