# verdict: failed
# aspect: output
# misconception: macs_without_groups
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    work = 1
    for n in (output_size, output_size, kernel_size, kernel_size, in_channels, filters):
        work *= n
    return work
