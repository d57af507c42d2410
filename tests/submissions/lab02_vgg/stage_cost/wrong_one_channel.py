# verdict: failed
# aspect: output
# misconception: stage_of_one_channel
def stage_cost(size, channels):
    return 4 * size**2, 9 * channels**2, 9 * channels**2 * size**2
