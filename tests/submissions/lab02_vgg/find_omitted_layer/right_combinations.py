# verdict: passed
from itertools import combinations


def find_omitted_layer(published_macs, published_memory, layers):
    def total(rows):
        return f"{sum(m for *_, m in rows) / 1e9:.1f}/{sum(math.prod(s) for _, s, *_ in rows if len(s) == 3) / 2**18:.1f}"

    want = f"{published_macs}/{published_memory}"
    if total(layers) == want:
        return []
    names = []
    for rows in combinations(layers, len(layers) - 1):
        if total(rows) == want:
            names += [r[0] for r in layers if r not in rows]
    return names[::-1]
