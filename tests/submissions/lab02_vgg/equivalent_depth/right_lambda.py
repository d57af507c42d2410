# verdict: passed
equivalent_depth = lambda kernel_size: kernel_size >> 1
