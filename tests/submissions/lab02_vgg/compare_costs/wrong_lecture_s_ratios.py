# verdict: failed
# aspect: output
def compare_costs(a, b):
    return 25, 2.3, 19.4
