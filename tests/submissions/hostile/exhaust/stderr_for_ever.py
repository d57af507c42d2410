# Writes to stderr without end.
# answer: right
# shows: put out more than
import sys

while True:
    print("e" * 1000, file=sys.stderr)
