"""Becomes an IPython kernel, in a sandbox that is there already.

    python -I -S launch.py LIMITS VIEW SITE… -- -f CONNECTION

LIMITS are those of `limits.by_process`, as JSON.

Under `-I -S` the path holds the standard library only. The kernel's view of cvlabs comes first, then the
installed packages, added without reading their .pth files: an editable installation of this repository is
one of those.
"""

import json
import resource
import site
import sys


def main() -> None:
    """Sets the path up and becomes an ordinary IPython kernel."""
    end = sys.argv.index("--")
    limits, view, *packages = sys.argv[1:end]
    for name, most in json.loads(limits).items():
        resource.setrlimit(getattr(resource, name), (most, most))
    sys.path[:0] = [view]
    sys.path += packages
    site.setquit()  # -S leaves out `help`, `exit`, …, which students may use
    site.setcopyright()
    site.sethelper()
    sys.argv = [sys.argv[0], *sys.argv[end + 1 :]]

    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()


if __name__ == "__main__":
    main()
