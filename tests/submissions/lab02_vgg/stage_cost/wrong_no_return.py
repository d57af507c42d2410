# verdict: failed
# aspect: shape
def stage_cost(size, channels):
    memory = 4 * size**2 * channels
