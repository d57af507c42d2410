# Writes right evidence and a second piece, in the hope that one of them counts.
# answer: right
# lost: conv_params conv_macs gap_head
# shows: left evidence 2 times
honest = check


def check(name, answer):
    honest(name, answer)
    honest(name, answer)
