# Reads the command lines, files and memory of other processes.
# answer: right
# needs: sandbox
# hides: pytest
# hides: autograder.judging.judge
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for pid in filter(str.isdecimal, os.listdir("/proc")):
    if int(pid) == os.getpid():
        continue
    for name in ("cmdline", "maps", "mountinfo", "status", "stack", "io"):
        try:
            print(pid, name, open(f"/proc/{pid}/{name}", "rb").read(2000))
        except OSError:
            pass
    for name in ("fd", "root", "cwd", "task"):
        try:
            print(pid, name, os.listdir(f"/proc/{pid}/{name}"))
        except OSError:
            pass
    libc.ptrace(16, int(pid), 0, 0)
    try:
        open(f"/proc/{pid}/mem", "rb", 0)
        print(pid, "its memory")
    except OSError:
        pass
