# Computes in C, where Python looks at no interrupt.
# lost: conv_params conv_macs gap_head
# shows: the time limit for one cell
# shows: This cell was not run
sum(range(10**15))
