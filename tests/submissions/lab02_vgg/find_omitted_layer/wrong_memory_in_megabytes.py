# verdict: failed
# aspect: output
# misconception: omitted_by_megabytes
def find_omitted_layer(published_macs, published_memory, layers):
    def fits(rows):
        macs = sum(r[3] for r in rows) / 1e9
        memory = sum(4 * math.prod(r[1]) if len(r[1]) == 3 else 0 for r in rows) / (10**6)
        return abs(macs - published_macs) < 0.05 and abs(memory - published_memory) < 0.05

    if fits(layers):
        return []
    found = []
    for row in layers:
        if fits([r for r in layers if r[0] != row[0]]):
            found.append(row[0])
    return found
