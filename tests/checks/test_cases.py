"""Cases on their way to a graded kernel: the same on arrival, and few enough for an environment variable."""

import json

import pytest

from cvlabs.checks.cases import pack, unpack
from cvlabs.checks.tasks import TASKS

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
