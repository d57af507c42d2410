import os
import subprocess
import sys

import pytest

from cvlabs.onednn import SETTING, prefer_onednn

USES_IT = f"""
import os
from cvlabs.onednn import onednn_in_use, prefer_onednn
prefer_onednn()
print(os.environ["{SETTING}"], onednn_in_use())
"""


@pytest.mark.parametrize(("setting", "told"), [(None, "1 True"), ("0", "0 False")])
def test_on_unless_the_environment_says_otherwise(setting, told):
    environment = {key: value for key, value in os.environ.items() if key != SETTING}
    if setting is not None:
        environment[SETTING] = setting
    printed = subprocess.run(
        [sys.executable, "-c", USES_IT], env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert printed.strip() == told


def test_left_alone_when_tensorflow_has_read_it_already(monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorflow", object())
    monkeypatch.delenv(SETTING, raising=False)
    prefer_onednn()
    assert SETTING not in os.environ
