"""The benchmarks run, and measure what they say; how fast anything is, is not tested."""

import csv
import re
import subprocess
import sys
import zipfile

import pytest

from benchmarks.lab_experiments import EXPERIMENTS, names_of
from cvlabs.facts import model_info

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("options", "peers", "measures"),
    [
        ([], {"keras.applications"}, {"build"}),
        (["--variants"], {"Keras' own layers", "folded"}, {"infer"}),
    ],
)
def test_networks_beside_their_peers(tmp_path, options, peers, measures):
    table = tmp_path / "out" / "models.csv"
    small = ["--size", "32", "--batch", "1", "--rounds", "1", "--processes", "1"]
    command = [sys.executable, "-m", "benchmarks.models", "mobilenet_v2", *small, *options]
    run = subprocess.run(
        [*command, "--csv", str(table), "--only", *measures], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    rows = list(csv.DictReader(table.read_text().splitlines()))
    assert {row["peer"] for row in rows} - {"torchvision"} == peers  # torchvision where it is installed
    assert {row["measure"] for row in rows} == measures
    for row in rows:
        assert float(row["cvlabs"]) > 0
        assert float(row["ratio"]) == pytest.approx(float(row["theirs"]) / float(row["cvlabs"]))
        assert row["network"] in run.stdout


def test_bfloat16_beside_float32():
    small = ["--size", "32", "--batch", "1", "--rounds", "1"]
    command = [sys.executable, "-m", "benchmarks.precision", "mobilenet_v2", *small]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    line = re.compile(r"(.{44}) float32 +([\d.]+) ms  bfloat16 +([\d.]+) ms  ratio +([\d.]+)  of .* (\d+) %")
    rows = [found.groups() for found in map(line.fullmatch, run.stdout.splitlines()) if found]
    names = [name.strip() for name, *_ in rows]
    assert names[0] == "matrix product"
    assert {f"mobilenet_v2 cvlabs {measure}" for measure in ("train", "infer")} < set(names)
    limit = float(rows[0][3])
    for _, single, half, ratio, share in rows:
        assert float(ratio) == pytest.approx(float(single) / float(half), rel=0.05)
        assert float(share) == pytest.approx(100 * float(ratio) / limit, rel=0.05, abs=1)


def test_training_beside_keras(tmp_path):
    table = tmp_path / "train.csv"
    small = ["--batch", "4", "--steps", "2", "--epochs", "1", "--rounds", "1", "--csv", str(table)]
    command = [sys.executable, "-m", "benchmarks.train", "resnet20_cifar", *small]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    rows = {row["way"]: row for row in csv.DictReader(table.read_text().splitlines())}
    assert set(rows) - {"torch"} == {"keras", "fit"}  # torch where it is installed
    told = re.search(r"does (\d+) G multiply-adds a second, so at most ([\d.]+) steps a second", run.stdout)
    products, limit = map(float, told.groups())
    step = 3 * 4 * model_info("resnet20_cifar").macs  # four images, forward and twice as much backward
    assert limit * step == pytest.approx(products * 1e9, abs=0.6e9)  # told in whole G
    for row in rows.values():
        assert float(row["steps_per_second"]) > 0
        ratio = float(row["steps_per_second"]) / float(rows["keras"]["steps_per_second"])
        assert float(row["of_keras"]) == pytest.approx(ratio)
        assert float(row["of_limit"]) == pytest.approx(float(row["steps_per_second"]) / limit, rel=0.01)
        # Below 1, if the machine is equally busy while each is measured: 0.05 to 0.37 was seen on a busy one.
        # A limit of the wrong order gives a hundred.
        assert 0 < float(row["of_limit"]) < 10


def test_loading_beside_its_peers(tmp_path):
    table, archive = tmp_path / "data.csv", tmp_path / "set.zip"
    jpeg = pytest.importorskip("tensorflow").io.encode_jpeg([[[9, 99, 200]] * 8] * 8).numpy()
    with zipfile.ZipFile(archive, "w") as file:
        for name in ("a", "b"):
            for i in range(6):
                file.writestr(f"train/{name}/{i}.jpg", jpeg)
    small = ["--images", "20", "--zip", str(archive), "--rounds", "1", "--batch-size", "4"]
    command = [sys.executable, "-m", "benchmarks.data", *small, "--csv", str(table)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    rows = list(csv.DictReader(table.read_text().splitlines()))
    assert len(rows) == 10
    speed = {(row["files"], row["contender"]): float(row["images_per_second"]) for row in rows}
    for row in rows:
        keras = speed[row["files"], "image_dataset_from_directory"]
        assert float(row["of_keras"]) == pytest.approx(float(row["images_per_second"]) / keras)


@pytest.mark.parametrize(("lab", "columns"), [("lab02_vgg", 4), ("lab04_resnet", 4)])
def test_the_labs_own_experiments(lab, columns):
    names = names_of(lab)
    names |= {"IMAGES": 50, "EPOCHS": 1, "SHALLOW": 8, "DEEP": 14}
    errors = EXPERIMENTS[lab](names, 3)
    assert len(errors) == columns
    assert all(0 <= error <= 100 for error in errors.values())
    assert errors == EXPERIMENTS[lab](names, 3)
