# verdict: failed
# aspect: call
def equivalent_depth(k):
    return k // 2
