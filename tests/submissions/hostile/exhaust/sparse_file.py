# Makes a file that claims to have 8 TB.
# answer: right
# needs: sandbox
try:
    with open("large", "wb") as file:
        file.truncate(8 * 2**40)
except OSError:
    pass
