# Tries to get out by new namespaces, mounts, chroot, and other rights.
# answer: right
# needs: sandbox
# hides: got out
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.unshare(0x10000000 | 0x00020000)
for number in (0, 1, 65534):
    libc.setuid(number)
    libc.setgid(number)
for source, target, kind, flags in (
    (b"none", b"/", None, 32 | 4096),
    (b"proc", b"/proc", b"proc", 0),
    (b"tmpfs", b"/tmp", b"tmpfs", 0),
    (b"sysfs", b"/sys", b"sysfs", 0),
):
    libc.mount(source, target, kind, flags, None)
for path in (b"/tmp", b"/proc", b"/", b"<course>", b"<repository>"):
    libc.umount2(path, 2)
os.makedirs("jail", exist_ok=True)
if libc.chroot(b"jail") == 0:
    for _ in range(50):
        os.chdir("..")
    libc.chroot(b".")
for path in ("<course>/secret", "/proc/sys/kernel/hostname", "/proc/sysrq-trigger"):
    try:
        os.open(path, os.O_WRONLY)
        print("got " + "out")
    except OSError:
        pass
