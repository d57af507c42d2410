# Makes empty files until none is left to be had.
# answer: right
# may lose: conv_params conv_macs gap_head
# needs: sandbox
try:
    for number in range(10_000_000):
        open(f"file{number}", "x").close()
except OSError:
    pass
