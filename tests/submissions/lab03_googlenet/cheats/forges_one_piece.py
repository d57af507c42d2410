# As `prints_forged_evidence`, but leaves one piece, as an honest check does.
from IPython.display import display


def check(name, answer):
    trial = {"outcome": "value", "values": [1], "pair": False, "shape": [1], "params": 0, "outputs": []}
    record = {"version": 1, "check": name, "outcome": "passed", "signature": None, "trials": [trial] * 6}
    display({"application/vnd.cvlabs.evidence+json": record, "text/plain": "evidence recorded"}, raw=True)
