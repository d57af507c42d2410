# verdict: passed
def gap_head_params(c, classes):
    return sum(c + 1 for _ in range(classes))
