"""The curves that the package brings along: whole, comparable, and what the text says of them."""

import math
import re
from pathlib import Path

import pytest

from cvlabs.degradation import curves, read_run, run_name, runs

HEADER = "epoch,step,training_error,test_error\n"


def test_files_are_read(tmp_path):
    path = tmp_path / "resnet20_cifar-2epochs-seed3.csv"
    rows = "".join(f"{i / 20:g},{i},{100 - i}.5,{'40.25' if i in (20, 40) else ''}\n" for i in range(1, 41))
    path.write_text("# command: mine\n# device: a CPU\n" + HEADER + rows)
    run = read_run(path)
    assert (run.network, run.epochs, run.seed, run.layers) == ("resnet20_cifar", 2, 3, 20)
    assert (run.label, run.warmup) == ("residual, 20 layers", 0)
    assert run.notes == ("command: mine", "device: a CPU")
    assert run.rows[0]["training_error"] == 99.5
    assert math.isnan(run.rows[0]["test_error"])
    assert run.curve("test_error") == [(1, 40.25), (2, 40.25)]
    tenths = run.curve("training_error")
    assert len(tenths) == 20
    assert tenths[0] == (0.1, 99.0)  # of steps 1 and 2
    assert tenths[-1] == (2, 61.0)
    path.with_stem("resnet20_cifar-2epochs-0.5warmup-seed3").write_text(HEADER)
    assert [(run.label, run.warmup) for run in runs(tmp_path)] == [
        ("residual, 20 layers", 0),
        ("residual, 20 layers, warmup", 0.5),
    ]


@pytest.mark.parametrize("warmup", [0, 1, 0.5])
def test_names_and_runs_agree(tmp_path, warmup):
    path = tmp_path / f"{run_name('plain32_cifar', 164, warmup, 7)}.csv"
    path.write_text(HEADER)
    run = read_run(path)
    assert (run.network, run.epochs, run.warmup, run.seed) == ("plain32_cifar", 164, warmup, 7)


def test_what_is_no_run_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="Unknown error 'loss': expected training_error or test_error"):
        curves("loss")
    path = tmp_path / "plain20_cifar-manyepochs-seed0.csv"
    path.write_text(HEADER)
    with pytest.raises(
        ValueError, match=r"is not named as a run: expected NETWORK-4epochs-1warmup-seed0.csv"
    ):
        runs(tmp_path)
    path = path.rename(tmp_path / "plain20_cifar-1epochs-seed0.csv")
    path.write_text("epoch,step\n1,2\n")
    with pytest.raises(ValueError, match="is not a run: expected numbers for epoch, step"):
        runs(tmp_path)


def test_the_runs_of_the_package_are_whole_and_comparable():
    found = runs()
    assert [run.label for run in found] == [
        "plain, 20 layers",
        "residual, 20 layers",
        "plain, 56 layers",
        "plain, 56 layers, warmup",
        "residual, 56 layers, warmup",
    ]
    assert len({(run.epochs, run.seed) for run in found}) == 1
    for run in found:
        assert run.rows[-1]["epoch"] == run.epochs
        assert [epoch for epoch, _ in run.curve("test_error")] == list(range(1, run.epochs + 1))
        steps = [row["step"] for row in run.rows]
        assert steps == sorted(set(steps))
        assert all(0 <= row["training_error"] <= 100 for row in run.rows)
        notes = dict(note.split(": ", 1) for note in run.notes)
        assert {"command", "versions", "device", "data", "recipe", "errors"} <= set(notes)
        assert f"--networks {run.network} --epochs {run.epochs} --seeds {run.seed}" in notes["command"]
        assert notes["command"].endswith("--warmup 1") == (run.warmup == 1)
        assert notes["recipe"].endswith(f"warmup {run.warmup:g} epochs.")
        assert re.match("50000 training images, 10000 test images, 10 classes", notes["data"])


def test_the_deeper_plain_network_trains_worse_and_the_deeper_residual_one_better():
    last = {label: points[-1][1] for label, points in curves("training_error").items()}
    for deeper in ("plain, 56 layers", "plain, 56 layers, warmup"):
        assert last[deeper] > last["plain, 20 layers"] + 5
    assert last["residual, 20 layers"] < last["plain, 20 layers"] - 5
    assert last["residual, 56 layers, warmup"] < last["residual, 20 layers"] - 3


def test_the_readme_has_their_last_errors():
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    for run in runs():
        errors = [run.curve(column)[-1][1] for column in ("training_error", "test_error")]
        assert f"| {run.label} | {errors[0]:.1f} | {errors[1]:.1f} |" in readme
