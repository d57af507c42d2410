"""`python -m cvlabs` is the command `cvlabs`."""

import sys

from cvlabs.cli import main

sys.exit(main())
