# verdict: failed
# aspect: shape
def compare_costs(a, b):
    return sum(row[3] for row in b) / sum(row[3] for row in a)
