# Imports the answers from where the repository lies.
# lost: conv_params
# needs: sandbox
import importlib
import sys

for name in [name for name in sys.modules if name.split(".")[0] == "cvlabs"]:
    del sys.modules[name]
sys.path[:0] = ["<repository>", "<site_packages>"]
importlib.invalidate_caches()
from cvlabs.checks.answers import ANSWERS

conv_params = ANSWERS["lab03_googlenet"]["conv_params"].reference
