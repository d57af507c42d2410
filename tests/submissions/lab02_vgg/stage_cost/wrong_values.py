# verdict: failed
# aspect: output
# misconception: stage_of_values
def stage_cost(size, channels):
    p = (3 * channels) ** 2
    return size * size * channels, p, p * size * size
