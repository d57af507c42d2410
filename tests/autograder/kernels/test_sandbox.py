"""Which isolation is found: what is tried must hold, and what does not hold is not called isolation."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from nbformat import v4

from autograder.errors import GraderError
from autograder.execute import ExecuteProbes
from autograder.kernels import provisioner, sandbox, seccomp, warm
from autograder.kernels.sandbox import Isolation, find_isolation
from tests.autograder.kernels import engines

needs_bubblewrap = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
REPOSITORY = Path(__file__).parents[3]
LOOK = {"readable": [], "writable": [], "mark": "x", "port": 9, "scratch": ["/tmp", "/nowhere"], "own": []}


@pytest.fixture
def engine(tmp_path, monkeypatch):
    """A container engine that shares the network and shows the repository."""
    if provisioner.isolation(unsafe=True).level != "namespaces":
        pytest.skip("no namespaces here")
    engines.install(tmp_path / "bin", "docker")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("CVLABS_GRADING_IMAGE", "image")
    monkeypatch.setenv(engines.LAX, "1")


def test_the_best_level_comes_first(monkeypatch):
    monkeypatch.setattr(
        sandbox, "_try", lambda level, zygotes: [] if level != "namespaces" else ["it can fly"]
    )
    found = find_isolation(None)
    expected = Isolation("bubblewrap", seccomp.is_available(), refused=("namespaces: it can fly",))
    assert found == expected


def test_a_container_engine_that_does_not_isolate_is_found_out(engine, monkeypatch):
    monkeypatch.setattr(sandbox, "LEVELS", ("container",))
    monkeypatch.setenv(engines.WITHOUT_LANDLOCK, "1")  # which would keep it from writing there all the same
    with pytest.raises(GraderError, match=r"container: it can read .*; it can write to .*; it reaches"):
        find_isolation(None)


def test_without_any_nothing_runs_unless_it_is_asked_for(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sandbox, "LEVELS", ("bubblewrap", "container"))
    with pytest.raises(GraderError) as error:
        find_isolation(None)
    for word in ("bwrap is not installed", "podman or docker", "CVLABS_GRADING_IMAGE", "--unsafe"):
        assert word in str(error.value)
    assert find_isolation(None, unsafe=True).level == "none"


@pytest.mark.parametrize("works", sandbox.LEVELS)
@pytest.mark.parametrize("library", [True, False])
def test_the_log_says_where_isolation_is_weaker(works, library, monkeypatch, caplog):
    monkeypatch.setattr(sandbox, "_try", lambda level, zygotes: [] if level == works else ["it can fly"])
    monkeypatch.setattr(sandbox.seccomp, "is_available", lambda: library)
    found = find_isolation(None)
    assert found.filtered == library
    warnings = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    unfiltered = [text for text in warnings if "not filtered" in text]
    assert len(unfiltered) == (not library)
    assert all(text.endswith("libseccomp is not installed") for text in unfiltered)
    weaker = [text for text in warnings if "namespaces: it can fly" in text]
    assert len(weaker) == (works != "namespaces")


@needs_bubblewrap
def test_bubblewrap_holds_where_the_environment_lies_below_the_temporary_folder(monkeypatch):
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        packages = Path(name) / ".venv" / "site-packages"
        packages.mkdir(parents=True)
        found = (*warm.packages(), str(packages))
        monkeypatch.setattr(sandbox, "REPOSITORY", Path(name))
        monkeypatch.setattr(warm, "packages", lambda: found)
        monkeypatch.setattr(sandbox, "LEVELS", ("bubblewrap",))
        assert find_isolation(None).level == "bubblewrap"
        assert [path.name for path in Path(name).iterdir()] == [".venv"]


def test_what_is_tried_leaves_nothing_behind(engine, monkeypatch):
    monkeypatch.setattr(sandbox, "LEVELS", ("container",))
    tried, take_away = [], sandbox._take_away
    monkeypatch.setattr(sandbox, "_take_away", lambda path: tried.append(path) or take_away(path))
    before = lasting()
    assert find_isolation(None, unsafe=True).level == "none"
    assert lasting() == before
    (mark,) = {path.name for path in tried}
    assert mark.startswith(".cvs-")
    outside = ("/", "/usr", sys.prefix, sandbox.REPOSITORY)
    assert not [folder for folder in outside if Path(folder, mark).exists()]


def lasting():
    """What lies outside, but for what other processes try there at the same time."""
    found = {*Path("/").iterdir(), *sandbox.REPOSITORY.iterdir()}
    return {path for path in found if not path.name.startswith(".cvs-")}


@pytest.mark.parametrize("level", [pytest.param("bubblewrap", marks=needs_bubblewrap), "none"])
def test_a_kernel_at_another_level(level, monkeypatch, tmp_path):
    monkeypatch.setattr(provisioner, "isolation", lambda *, unsafe: Isolation(level))
    (tmp_path / "figure.svg").write_text("drawn")
    source = "import os; print(open('figure.svg').read(), os.path.basename(os.environ['HOME']))"
    cells = [v4.new_code_cell(text) for text in (source, "import cvlabs.models", "import cvlabs.checks")]
    done = ExecuteProbes().execute(v4.new_notebook(cells=cells), {}, tmp_path)
    assert done.metadata["cvlabs"]["isolation"] == level
    assert done.cells[0].outputs[0].text == f"drawn {'student' if level == 'bubblewrap' else 'home'}\n"
    assert done.cells[1].outputs[0].ename == "ModuleNotFoundError"
    assert not done.cells[2].outputs


def test_a_process_without_isolation_needs_nothing_that_only_linux_has(tmp_path):
    """macOS has no `prctl`; there, `--unsafe` runs cold kernels as ordinary processes."""
    request = {"role": "look", "environment": {}, "folder": str(tmp_path), "look": LOOK}
    program = f"""
import sys
from autograder.kernels import child, linux
sys.platform, linux._libc = "darwin", None
child.run({request!r})
"""
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert json.loads(run.stdout)["missing"] == ["/nowhere"]


def test_a_cold_kernel_is_isolated_too(monkeypatch, tmp_path, caplog):
    if provisioner.isolation(unsafe=True).level != "namespaces":
        pytest.skip("no namespaces here")
    monkeypatch.setattr(provisioner, "zygotes", lambda: None)
    source = "import os; print(sorted(os.listdir('/home')), os.getpid() < 10)"
    done = ExecuteProbes().execute(v4.new_notebook(cells=[v4.new_code_cell(source)]), {}, tmp_path)
    how = done.metadata["cvlabs"]
    assert (how["isolation"], how["kernel"]) == ("namespaces", "cold")
    assert done.cells[0].outputs[0].text == "['student'] True\n"
