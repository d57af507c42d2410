# Recurses until the stack overflows.
# lost: conv_params
# may lose: conv_macs gap_head
# needs: sandbox
import sys

sys.setrecursionlimit(10**9)


class Deep:
    def __repr__(self):
        return repr([Deep()])


repr(Deep())
