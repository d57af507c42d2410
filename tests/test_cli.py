"""The command line as it is typed."""

import json
import subprocess
import sys

import pytest

from cvlabs.cli import main
from cvlabs.facts import list_models, model_info

FIELDS = {
    "name",
    "paper",
    "year",
    "input_size",
    "params",
    "bn_statistics",
    "macs",
    "top1_error",
    "top5_error",
    "error_protocol",
    "weights",
}


def test_list_in_json(capsys):
    assert main(["list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows] == list_models()
    assert all(set(row) >= FIELDS for row in rows)


def test_list_fits_a_pattern_and_a_terminal(capsys):
    assert main(["list", "google*"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == list_models("google*")
    assert max(map(len, lines)) <= 80
    assert "7.00 M" in lines[1]
    assert "1.58 G" in lines[1]


def test_show_adds_up(capsys):
    assert main(["show", "googlenet", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert sum(stage["params"] for stage in shown["stages"]) == shown["params"] == 6_998_552
    assert [stage["name"] for stage in shown["stages"]] == [
        "224×224",
        "112×112",
        "56×56",
        "28×28",
        "14×14",
        "7×7",
        "head",
    ]


def test_show_at_another_size(capsys):
    assert main(["show", "googlenet_bn", "--input-size", "96"]) == 0
    text = capsys.readouterr().out
    assert "Built for 96×96" in text
    assert "3×3×1024" in text
    assert f"{model_info('googlenet_bn').params:,}" in text


def test_doctor_finds_this_environment_healthy(capsys):
    assert main(["doctor"]) == 0
    text = capsys.readouterr().out
    assert "device: CPU" in text
    assert "tensorflow 2." in text


@pytest.mark.parametrize(("setting", "told"), [("0", "CPU: off; TF_ENABLE_ONEDNN_OPTS=1 "), ("1", "CPU: on")])
def test_doctor_tells_whether_tensorflow_uses_onednn(capsys, monkeypatch, setting, told):
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", setting)
    main(["doctor"])
    assert f"oneDNN's kernels on the {told}" in capsys.readouterr().out


def test_doctor_says_what_is_missing(capsys, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "theano")
    assert main(["doctor"]) == 1
    text = capsys.readouterr().out
    assert "KERAS_BACKEND must be one of tensorflow, jax, torch, numpy, got 'theano'." in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["lists"], "invalid choice: 'lists'"),
        (["list", "googlent"], "Did you mean 'googlenet'"),
        (["list", "--jsn"], "unrecognized arguments: --jsn"),
        (["show"], "the following arguments are required: NAME"),
        (["show", "perceptron"], "There is no network 'perceptron'"),
        (["show", "googlenet", "--input-size", "-3"], "expected a whole number of pixels, got '-3'"),
        (["show", "googlenet", "--input-size", "0"], "expected a whole number of pixels, got '0'"),
    ],
)
def test_mistakes_cost_one_line_and_exit_2(capsys, arguments, message):
    try:
        status = main(arguments)
    except SystemExit as stopped:
        status = stopped.code
    told = capsys.readouterr()
    assert (status, told.out) == (2, "")
    assert message in told.err
    assert told.err.count("\n") == 1


def test_listing_loads_neither_keras_nor_numpy():
    program = "import sys; from cvlabs.cli import main; main(['list']); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"keras", "tensorflow", "jax", "numpy"} & set(run.stdout.splitlines()[-1].split())


def test_a_reader_that_leaves_early_is_no_error():
    command = f"{sys.executable} -m cvlabs list | head -1"
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("name")
    assert run.stderr == ""
