# verdict: passed
def find_omitted_layer(published_macs, published_memory, layers):
    def fits(rows):
        macs = sum(row[3] for row in rows) / 1e9
        memory = sum(math.prod(row[1]) for row in rows if len(row[1]) > 1) / 2**18
        return abs(macs - published_macs) < 0.05 and abs(memory - published_memory) < 0.05

    if fits(layers):
        return ()
    return tuple(row[0] for row in layers if fits([other for other in layers if other is not row]))
