# Fills System V segments and lets go of them: they stay until the system ends.
# answer: right
# needs: sandbox
import ctypes

libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
libc.shmat.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
libc.shmdt.argtypes = (ctypes.c_void_p,)
for _ in range(20):
    segment = libc.shmget(0, 400 << 20, 0o1600)
    if segment < 0:
        break
    address = libc.shmat(segment, None, 0)
    ctypes.memset(address, 1, 400 << 20)
    libc.shmdt(address)
