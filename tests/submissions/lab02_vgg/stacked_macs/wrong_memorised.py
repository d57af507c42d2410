# verdict: failed
# aspect: output
def stacked_macs(size, kernel_size, depth, channels):
    return 231_211_008
