"""Becomes an IPython kernel, in a sandbox that is there already.

    python -I -S launch.py VIEW SITE… -- -f CONNECTION

Under `-I -S` the path holds the standard library only. The kernel's view of cvlabs comes first, then the
installed packages, added without reading their .pth files: an editable installation of this repository is
one of those.
"""

import site
import sys


def main() -> None:
    """Sets the path up and becomes an ordinary IPython kernel."""
    end = sys.argv.index("--")
    view, *packages = sys.argv[1:end]
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
