# verdict: failed
# aspect: call
def count_alexnet():
    raise NotImplementedError()
