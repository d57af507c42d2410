# verdict: passed
def compare_costs(a, b):
    def memory(table):
        return sum(4 * math.prod(row[1]) for row in table if row[0].startswith("conv"))

    return (
        memory(b) / memory(a),
        sum(r[2] for r in b) / sum(r[2] for r in a),
        sum(r[3] for r in b) / sum(r[3] for r in a),
    )
