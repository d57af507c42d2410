"""Cases on their way to a graded kernel: the same on arrival, and few enough for an environment variable."""

import json

import pytest

from cvlabs.checks.cases import pack, unpack
from cvlabs.checks.task import Case
from cvlabs.checks.tasks import TASKS, find_task
from cvlabs.checks.wording import in_full

MOST = 100_000  # bytes; Linux passes on 128 KiB in one variable


@pytest.mark.parametrize("lab", TASKS)
def test_cases_arrive_as_they_were_drawn(lab):
    for seed in map(str, range(20)):
        drawn = {name: task.draw(seed) for name, task in TASKS[lab].items()}
        text = json.dumps({name: pack(cases) for name, cases in drawn.items()})
        assert len(text) < MOST
        arrived = {name: unpack(values) for name, values in json.loads(text).items()}
        assert arrived == drawn
        assert repr(arrived) == repr(drawn)  # 1 is not 1.0 and not True, a tuple is no list


def test_a_case_in_full_says_what_is_not_as_usual():
    case = Case({"classes": 10}, (4, 6, 8), seed=7, mean=1.0, noise_batch=64)
    said = in_full(find_task("gap_head", "lab03_googlenet"), case)
    assert said == "gap_head(x of shape N×4×6×8, classes=10); seed 7; mean 1.0; noise_batch 64"
