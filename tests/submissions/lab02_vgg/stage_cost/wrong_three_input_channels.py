# verdict: failed
# aspect: output
def stage_cost(size, channels):
    return 4 * size**2 * channels, 27 * channels, 27 * channels * size**2
