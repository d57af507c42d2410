# Prints its own environment, as Python and as the system know it.
# answer: right
import os

print(dict(os.environ))
print(open("/proc/self/environ", "rb").read())
