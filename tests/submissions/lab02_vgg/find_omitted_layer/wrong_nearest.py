# verdict: failed
# aspect: output
# misconception: omitted_nearest
def find_omitted_layer(published_macs, published_memory, layers):
    def totals(rows):
        memory = sum(4 * math.prod(r[1]) for r in rows if len(r[1]) == 3)
        return round(sum(r[3] for r in rows) / 1e9, 1), round(memory / 2**20, 1)

    if totals(layers) == (published_macs, published_memory):
        return []
    distances = {}
    for row in layers:
        macs, memory = totals([r for r in layers if r is not row])
        distances[row[0]] = round(abs(macs - published_macs) + abs(memory - published_memory), 2)
    return [name for name, d in distances.items() if d == min(distances.values())]
