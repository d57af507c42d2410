# verdict: failed
# aspect: shape
def compare_costs(a, b):
    return {"params": sum(row[2] for row in b) / sum(row[2] for row in a)}
