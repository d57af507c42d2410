# verdict: failed
# aspect: output
def stage_cost(size, channels):
    return 4 * size**2 * channels / 2**20, 9 * channels**2, 9 * (size * channels) ** 2
