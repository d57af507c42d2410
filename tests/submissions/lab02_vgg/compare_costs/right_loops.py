# verdict: passed
def compare_costs(a, b):
    totals = []
    for table in (a, b):
        memory = params = macs = 0
        for name, output_shape, p, m in table:
            if len(output_shape) == 3:
                height, width, channels = output_shape
                memory += 4 * height * width * channels
            params += p
            macs += m
        totals.append((memory, params, macs))
    return [totals[1][i] / totals[0][i] for i in range(3)]
