# verdict: failed
# aspect: output
# misconception: stage_with_biases
def stage_cost(size, channels):
    return 4 * size**2 * channels, (9 * channels + 1) * channels, 9 * (size * channels) ** 2
