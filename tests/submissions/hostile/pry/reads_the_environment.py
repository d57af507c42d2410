# Prints the environment, its own and that of every process.
# answer: right
# needs: sandbox
import glob
import os

print(dict(os.environ))
for path in ["/proc/1/environ", f"/proc/{os.getppid()}/environ", *glob.glob("/proc/[0-9]*/environ")]:
    try:
        print(path, open(path, "rb").read())
    except OSError:
        pass
