# verdict: failed
# aspect: output
# misconception: stage_with_biases_everywhere
def stage_cost(size, channels):
    params = (9 * channels + 1) * channels
    return 4 * size**2 * channels, params, params * size**2
