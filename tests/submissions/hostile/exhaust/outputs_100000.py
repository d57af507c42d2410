# Leaves a hundred thousand outputs.
# answer: right
# shows: put out more than
from IPython.display import display

for number in range(100_000):
    display(number)
