# Writes one line of 1 GB.
# answer: right
# may lose: conv_params conv_macs gap_head
# needs: sandbox
print("x" * 10**9)
