"""The kernels that strangers' notebooks run in: warm, isolated, limited.

    provisioner.py   the seam to Jupyter: starts a kernel, whoever asks
    home.py          the folders of one kernel            view.py    what of cvlabs it may import
    sandbox.py       which isolation this machine can give, tried out rather than assumed
    zygote.py        a program that has TensorFlow loaded and forks kernels      warm.py   its client
    namespaces.py    isolates a forked process            mounts.py  what it sees of the file system
    init.py          the first process inside: reaps, forwards, watches the memory
    limits.py  seccomp.py  privileges.py                  what it may use and call
    wrapped.py       cold kernels in bubblewrap or a container, where namespaces are not to be had
    launch.py        becomes an IPython kernel

What runs in a forked kernel before the student's first line stands in these files; none of them knows an
answer or a secret.
"""
