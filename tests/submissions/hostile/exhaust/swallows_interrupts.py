# Catches whatever is raised in it, the interrupt at the time limit too.
# lost: conv_params conv_macs gap_head
# shows: the time limit for one cell
# shows: This cell was not run
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
