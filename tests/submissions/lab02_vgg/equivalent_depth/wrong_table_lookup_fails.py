# verdict: failed
# aspect: call
def equivalent_depth(kernel_size):
    return {3: 1, 5: 2, 7: 3}[kernel_size]
