# verdict: passed
def stage_cost(size, channels):
    return [4 * size**2 * channels, stacked_params(3, 1, channels), stacked_macs(size, 3, 1, channels)]
