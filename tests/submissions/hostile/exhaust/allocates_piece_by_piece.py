# Takes memory until it is stopped, and swallows the error that says so.
# lost: conv_params conv_macs gap_head
# shows: more memory than a notebook may
# needs: sandbox
kept = []
while True:
    try:
        kept.append(bytearray(b"x" * 2**24))
    except MemoryError:
        pass
