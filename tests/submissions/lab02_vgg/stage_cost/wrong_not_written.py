# verdict: failed
# aspect: call
def stage_cost(size, channels):
    raise NotImplementedError()
