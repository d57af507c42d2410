# verdict: failed
# aspect: output
# misconception: stage_of_twice_the_channels
def stage_cost(size, channels):
    params = 36 * channels**2
    return 4 * size**2 * 2 * channels, params, size**2 * params
