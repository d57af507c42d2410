# verdict: passed
def stage_cost(size, channels):
    return size**2 * channels * 32 / 8, 9.0 * channels**2, 9.0 * (channels * size) ** 2
