# verdict: failed
# aspect: call
def compare_costs(a, b):
    raise NotImplementedError()
