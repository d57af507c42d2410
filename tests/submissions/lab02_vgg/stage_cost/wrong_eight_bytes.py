# verdict: failed
# aspect: output
# misconception: stage_of_twice_the_memory
def stage_cost(size, channels):
    params = 9 * channels**2
    return 8 * size**2 * channels, params, size**2 * params
