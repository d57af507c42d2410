# verdict: failed
# aspect: call
def stem(x):
    raise NotImplementedError
