# verdict: passed
def find_omitted_layer(published_macs, published_memory, layers):
    def memory(row):
        return 4 * math.prod(row[1]) if len(row[1]) == 3 else 0

    macs = sum(row[3] for row in layers)
    total = sum(memory(row) for row in layers)
    published = published_macs, published_memory
    if (round(macs / 1e9, 1), round(total / 2**20, 1)) == published:
        return []
    names = []
    for row in layers:
        if (round((macs - row[3]) / 1e9, 1), round((total - memory(row)) / 2**20, 1)) == published:
            names.append(row[0])
    return names
