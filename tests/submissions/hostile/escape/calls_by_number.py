# Asks the system itself for what libraries have no names for: other namespaces, mounts, tracing, rings of
# requests, programs in the system, keys, handlers of page faults.
# answer: right
# needs: sandbox
# hides: was allowed
import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
text = ctypes.create_string_buffer(256)
calls = {
    "unshare": (272, 0x10000000),
    "clone": (56, 0x10000011, 0, 0, 0, 0),
    "clone3": (435, text, 88),
    "mount": (165, b"none", b"/tmp", b"tmpfs", 0, 0),
    "open_tree": (428, -100, b"/", 1),
    "fsopen": (430, b"tmpfs", 0),
    "ptrace": (101, 16, 1, 0, 0),
    "process_vm_readv": (310, 1, text, 1, text, 1, 0),
    "io_uring_setup": (425, 4, text),
    "bpf": (321, 0, text, 72),
    "perf_event_open": (298, text, 0, -1, -1, 0),
    "keyctl": (250, 0, -3, 0),
    "userfaultfd": (323, 1),
    "memfd_create": (319, b"x", 0),
    "memfd_secret": (447, 0),
    "pidfd_getfd": (438, 0, 0, 0),
    "fanotify_init": (300, 0, 0),
    "kexec_load": (246, 0, 0, 0, 0),
}
for name, call in calls.items() if platform.machine() == "x86_64" else ():
    if libc.syscall(*call) >= 0:
        print(name, "was " + "allowed")
