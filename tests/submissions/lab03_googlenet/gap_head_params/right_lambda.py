# verdict: passed
gap_head_params = lambda c, classes: c * classes + classes
