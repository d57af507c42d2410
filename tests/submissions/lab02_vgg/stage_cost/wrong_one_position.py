# verdict: failed
# aspect: output
# misconception: stage_of_one_position
def stage_cost(size, channels):
    params = 9 * channels**2
    return 4 * size**2 * channels, params, params
