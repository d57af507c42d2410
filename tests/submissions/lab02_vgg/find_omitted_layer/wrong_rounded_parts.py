# verdict: failed
# aspect: output
# misconception: omitted_by_rounded_parts
def find_omitted_layer(published_macs, published_memory, layers):
    macs_gap = round(sum(r[3] for r in layers) / 1e9 - published_macs, 1)
    memory_gap = round(
        sum(4 * math.prod(r[1]) for r in layers if len(r[1]) == 3) / 2**20 - published_memory, 1
    )
    if macs_gap == memory_gap == 0:
        return []
    found = []
    for name, shape, _, macs in layers:
        memory = 4 * math.prod(shape) / 2**20 if len(shape) == 3 else 0
        if round(macs / 1e9, 1) == macs_gap and round(memory, 1) == memory_gap:
            found.append(name)
    return found
