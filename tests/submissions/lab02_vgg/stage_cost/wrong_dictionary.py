# verdict: failed
# aspect: shape
def stage_cost(size, channels):
    return {
        "memory_bytes": 4 * size**2 * channels,
        "params": 9 * channels**2,
        "macs": 9 * (size * channels) ** 2,
    }
