# verdict: failed
# aspect: output
def stage_cost(size, channels):
    return 6_422_528, 147_456, 1_849_688_064
