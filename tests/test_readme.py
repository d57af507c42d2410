"""The README's Python blocks run, one after the other; commands, files and folders that it names exist."""

import re
import shlex
import subprocess
from pathlib import Path

import numpy as np
import pytest

import cvlabs
import cvlabs.cli
from cvlabs.data.shapes.source import SPLITS, shapes_source
from cvlabs.data.shapes.splits import COUNTS

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TEXTS = [README, ROOT / "CONTRIBUTING.md"]


def blocks():
    """Each block, below as many empty lines as stand above it: a traceback then names lines of the README."""
    text = README.read_text(encoding="utf-8")
    found = list(re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    return ["\n" * text[: match.start(1)].count("\n") + match[1] for match in found]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of a reader who has photographs, the published weights and CIFAR-10; all of them small."""
    import tensorflow as tf

    random = np.random.default_rng(0)
    names = ["cat.jpg", *(f"photographs/{name}/{i}.jpg" for name in ("cat", "dog") for i in range(5))]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = random.integers(0, 256, (120, 160, 3)).astype(np.uint8)
        path.write_bytes(tf.io.encode_jpeg(pixels).numpy())

    def published(name):
        path = tmp_path / f"{name}.safetensors"
        cvlabs.save_weights(cvlabs.create_model(name), path)
        return path

    monkeypatch.setattr("cvlabs.factory.download", published)
    monkeypatch.setattr("cvlabs.data.by_name.tfds_source", lambda name, split: shapes_source(split))
    monkeypatch.setattr("cvlabs.data.by_name.tfds_splits", lambda name: SPLITS)
    monkeypatch.setitem(COUNTS, "train", 32)
    monkeypatch.setitem(COUNTS, "test", 10)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_its_python_blocks_run(folder, figures):
    pytest.importorskip("safetensors")
    namespace = {}
    for block in blocks():
        exec(compile(block, README, "exec"), namespace)
    assert len(figures) == sum(len(re.findall(r"cvlabs\.plot\.|\.plot\(", block)) for block in blocks())
    assert (folder / "runs" / "first" / "history.csv").exists()


def commands(program):
    """What the README says to type after the name of a program, without the comment behind it."""
    found = re.findall(rf"^    {program} (.*)$", README.read_text(encoding="utf-8"), re.MULTILINE)
    return [shlex.split(line, comments=True) for line in found]


def test_its_commands_are_calls_that_the_programs_know():
    autograder = pytest.importorskip("autograder.cli", reason="needs the extra labs")
    graded, typed = commands("python -m autograder"), commands("cvlabs")
    assert len(graded) > 5
    assert len(typed) > 5
    for parser, calls in ((autograder._parser(), graded), (cvlabs.cli._parser(), typed)):
        for call in calls:
            parser.parse_args(call)  # exits where it does not know a word


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_the_files_and_folders_that_it_names_exist(text):
    rooms = "cvlabs|autograder|solutions|labs|tests|benchmarks"
    named = re.findall(rf"`((?:{rooms})/[\w./-]*)`", text.read_text(encoding="utf-8"))
    generated = {"autograder/course", "autograder/course/demo"}
    examples = {name for name in named if "labNN" in name}
    assert len(named) > 10
    assert [name for name in sorted({*named} - generated - examples) if not (ROOT / name).exists()] == []


def test_the_modules_in_its_table_of_rooms_exist():
    table = README.read_text(encoding="utf-8").partition("## Which room?")[2]
    rows = [re.findall(r"`([^`]+)`", row.split("|")[2]) for row in table.splitlines() if row.count("|") == 3]
    assert len(rows) > 15
    for room, *names in filter(None, rows):
        for name in names:
            homes = (ROOT / room / name, ROOT / room / f"{name}.py", ROOT / name)
            assert name.startswith("make ") or any(home.exists() for home in homes), (room, name)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_the_verbs_that_it_names_exist(text):
    verbs = set(re.findall(r"(?:`|^    )make ([a-z-]+)", text.read_text(encoding="utf-8"), re.MULTILINE))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert "lab" in verbs
    assert verbs <= targets


def test_opening_the_labs_builds_none():
    """Building refuses to write over a notebook that somebody has worked in, and nobody could go on."""
    plan = subprocess.run(["make", "-n", "lab"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "jupyter lab" in plan
    assert "autograder build" not in plan
