# verdict: failed
# aspect: output
# misconception: stage_that_doubles
def stage_cost(size, channels):
    filters = 2 * channels
    params = 9 * channels * filters
    return 4 * size**2 * filters, params, params * size**2
