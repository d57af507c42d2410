# verdict: failed
# aspect: output
# misconception: stage_in_another_order
def stage_cost(size, channels):
    memory = 4 * size**2 * channels
    return stacked_params(3, 1, channels), stacked_macs(size, 3, 1, channels), memory
