# Leaves a hundred thousand outputs.
# answer: right
from IPython.display import display

for number in range(100_000):
    display(number)
