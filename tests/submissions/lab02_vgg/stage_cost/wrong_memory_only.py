# verdict: failed
# aspect: shape
def stage_cost(size, channels):
    return 4 * size**2 * channels
