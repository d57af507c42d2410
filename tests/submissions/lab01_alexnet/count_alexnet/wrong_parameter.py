# verdict: failed
# aspect: call
def count_alexnet(size):
    return []
