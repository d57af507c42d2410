# Opens files until no more may be opened, and keeps them open.
# answer: right
# may lose: conv_params conv_macs gap_head
kept = []
try:
    while len(kept) < 10_000_000:
        kept.append(open("/dev/null"))
except OSError:
    pass
