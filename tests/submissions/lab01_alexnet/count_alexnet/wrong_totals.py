# verdict: failed
# aspect: shape
def count_alexnet():
    return 60965224, 724406816
