# Takes memory until there is none, and swallows the error that says so.
# lost: conv_params
# may lose: conv_macs gap_head
# needs: sandbox
kept = []
while True:
    try:
        kept.append(bytearray(b"x" * 2**24))
    except MemoryError:
        pass
