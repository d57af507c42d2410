# verdict: passed
def conv_macs(output_size: int, kernel_size: int, in_channels: int, filters: int) -> int:
    positions = output_size * output_size
    macs_per_value = kernel_size * kernel_size * in_channels
    values_per_position = filters
    return positions * values_per_position * macs_per_value
