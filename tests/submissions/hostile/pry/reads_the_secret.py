# Reads the secret of the course, by every way to name the file.
# answer: right
# needs: sandbox
import glob

for path in ("<course>/secret", "/proc/self/root<course>/secret", "/proc/1/root<course>/secret"):
    try:
        print(open(path).read())
    except OSError:
        pass
for path in glob.glob("/proc/[0-9]*/root<course>/secret") + glob.glob("/proc/[0-9]*/cwd/secret"):
    try:
        print(open(path).read())
    except OSError:
        pass
