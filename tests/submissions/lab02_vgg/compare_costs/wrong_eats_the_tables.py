# verdict: failed
# aspect: output
def compare_costs(a, b):
    ratios = []
    for column in (1, 2, 3):
        total_a = total_b = 0
        while a:
            row = a.pop()
            total_a += row[column] if column > 1 else math.prod(row[1])
        while b:
            row = b.pop()
            total_b += row[column] if column > 1 else math.prod(row[1])
        ratios.append(total_b / total_a if total_a else 0)
    return ratios
