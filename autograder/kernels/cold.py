"""Does without a zygote what its child does.

    python -I -S cold.py REPOSITORY SITE… -- REQUEST

REQUEST is that of `child.run`, as JSON.
"""

import json
import site
import sys


def main() -> None:
    """Sets the path up, forgets how, and becomes what is asked for."""
    end = sys.argv.index("--")
    repository, *packages = sys.argv[1:end]
    request = json.loads(sys.argv[end + 1])
    sys.path += [repository, *packages]
    from autograder.kernels import child

    sys.path.remove(repository)
    site.setquit()
    site.setcopyright()
    site.sethelper()
    sys.exit(child.run(request))


if __name__ == "__main__":
    main()
