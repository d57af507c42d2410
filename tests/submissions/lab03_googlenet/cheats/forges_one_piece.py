# As `prints_forged_evidence`, but leaves one piece, as an honest check does.
from IPython.display import display


def check(name, answer):
    trial = {"outcome": "value", "value": 1, "shape": [1], "params": 0, "outputs": []}
    record = {
        "version": 2,
        "lab": "lab03_googlenet",
        "check": name,
        "outcome": "passed",
        "signature": None,
        "trials": [trial] * 6,
    }
    display({"application/vnd.cvlabs.evidence+json": record, "text/plain": "evidence recorded"}, raw=True)
