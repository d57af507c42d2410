# verdict: passed
def stage_cost(size, channels):
    memory = params = macs = 0
    for _ in range(channels):
        memory += 4 * size * size
        params += 3 * 3 * channels
        macs += size * size * 3 * 3 * channels
    return memory, params, macs
