# Writes one line that is a little longer than a cell may write.
# answer: right
# shows: put out more than
print("x" * 30_000_000)
