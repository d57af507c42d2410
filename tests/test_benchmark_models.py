"""Mistakes in the call of `python -m benchmarks.models`."""

import pytest

from benchmarks import models


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nope"], "argument NETWORK: There is no network 'nope'"),
        (["resnet50", "resnet05"], "argument NETWORK: There is no network 'resnet05'"),
        (["--size", "0"], "argument --size: expected a whole number of pixels, got '0'"),
        (["--batch", "-1"], "argument --batch: expected"),
        (["--rounds", "0"], "argument --rounds: expected a whole number from 1 on, got '0'"),
        (["--processes", "0"], "argument --processes: expected a whole number from 1 on, got '0'"),
    ],
)
def test_mistakes_are_told_before_anything_is_measured(monkeypatch, capsys, arguments, message):
    monkeypatch.setattr("sys.argv", ["models", *arguments])
    with pytest.raises(SystemExit) as stopped:
        models.main()
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err
