# verdict: failed
# aspect: output
# misconception: stage_with_its_memory_last
def stage_cost(size, channels):
    memory = 4 * size**2 * channels
    return stacked_params(3, 1, channels), stacked_macs(size, 3, 1, channels), memory
