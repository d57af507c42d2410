# verdict: failed
# aspect: output
# misconception: stage_as_two
def stage_cost(size, channels):
    return 4 * size**2 * channels, 9 * channels**2, 18 * (size * channels) ** 2
