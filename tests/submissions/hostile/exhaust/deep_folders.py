# Nests folders deeper than a recursive deletion goes.
# answer: right
import os

start = os.getcwd()
for _ in range(3000):
    os.mkdir("d")
    os.chdir("d")
os.chdir(start)
