"""The kernels that strangers' notebooks run in: warm, isolated, limited.

    provisioner.py   the seam to Jupyter: starts a kernel, whoever asks     manager.py   ours, for nbclient
    messages.py      what of a kernel's messages is taken at its word; growth.py: what they may take in all
    home.py          the folders of one kernel         view.py     what of cvlabs it may import
    start.py         starts one, warm if it can        sandbox.py  which isolation this machine can give
    zygote.py        a program that has TensorFlow loaded and forks         warm.py      its client
    supervisor.py    keeps one at a socket, and replaces it
    child.py         what a fork becomes; cold.py: the same without a zygote
    namespaces.py    isolates a forked process         mounts.py   what it sees of the file system
    init.py          the processes around it: they reap, pass signals on, watch the memory
    limits.py  seccomp.py  landlock.py  linux.py       what it may use, call and write to; the system calls
    wrapped.py       cold kernels in bubblewrap or a container, where namespaces are not to be had;
                     launch.py: pid 1 there, as init.py is in namespaces
    inside.py        what must not be possible, and what must, tried from inside

What runs in a forked kernel before the student's first line stands in these files; none of them knows an
answer or a secret.
"""
