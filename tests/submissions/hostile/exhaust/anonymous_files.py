# Fills anonymous files, which no folder holds and no process is charged for.
# answer: right
# needs: sandbox
import mmap
import os

block = b"x" * 2**24
kept = []
try:
    for _ in range(20):
        kept.append(os.memfd_create("full"))
        for _ in range(25):
            os.write(kept[-1], block)
except OSError:
    pass
try:
    for _ in range(20):
        kept.append(mmap.mmap(-1, 400 << 20))
        kept[-1].write(block * 25)
        kept[-1].madvise(mmap.MADV_DONTNEED)
except OSError:
    pass
