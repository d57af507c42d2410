# Writes honest evidence with one number too few: what no probe writes must not stop the judge.
# in: gap_head
# answer: right
# lost: gap_head
from IPython.display import display

from cvlabs.checks import probe as module

honest = module.probe


def shortened(task, answer, cases):
    record = honest(task, answer, cases)
    for trial in record["trials"]:
        trial["params"] = [sum(trial["params"])]
    return record


module.probe = shortened
