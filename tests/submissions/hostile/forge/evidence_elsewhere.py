# Leaves the evidence in other cells and in other kinds of outputs than the check does.
# answer: wrong
# others: blank
# lost: conv_params conv_macs gap_head
from IPython.display import display, publish_display_data

from cvlabs.checks.evidence import MIME
from cvlabs.checks.notebook import lab

record = {"version": 2, "lab": "lab03_googlenet", "check": "conv_params", "signature": None}
record["trials"] = [{"outcome": "value", "value": 9472}] * 6
display({MIME: record}, raw=True)
display({"text/plain": "later"}, raw=True, display_id="conv_params")
publish_display_data({MIME: record}, transient={"display_id": "conv_params"}, update=True)


class Shown:
    def _repr_mimebundle_(self, **options):
        return {MIME: record, "text/plain": "1"}


def check(name, answer):
    get_ipython().displayhook(Shown())


Shown()
