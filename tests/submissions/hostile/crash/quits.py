# Leaves as one leaves a terminal.
# answer: right
# may lose: conv_params conv_macs gap_head
exit()
