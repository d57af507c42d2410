"""Which isolation is found: what is tried must hold, and what does not hold is not called isolation."""

import shutil
import stat
import sys
import tempfile
from pathlib import Path

import pytest
from nbformat import v4

from autograder.errors import GraderError
from autograder.execute import ExecuteProbes
from autograder.kernels import provisioner, sandbox, warm
from autograder.kernels.sandbox import Isolation, find_isolation

needs_bubblewrap = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")


@pytest.fixture
def engine(tmp_path, monkeypatch):
    """A container engine that isolates nothing: it runs the program behind the image's name."""
    program = tmp_path / "bin" / "docker"
    program.parent.mkdir()
    text = "import os, sys\nwords = sys.argv[sys.argv.index('image') + 1 :]\n"
    text += "words = [w.replace('/kernel/programs', PROGRAMS) for w in words]\nos.execv(words[0], words)\n"
    text = text.replace("PROGRAMS", repr(str(sandbox.__file__).rpartition("/")[0]))
    program.write_text(f"#!{sys.executable}\n{text}")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setenv("CVLABS_GRADING_IMAGE", "image")


def test_the_best_level_comes_first(monkeypatch):
    monkeypatch.setattr(
        sandbox, "_try", lambda level, zygotes: [] if level != "namespaces" else ["it can fly"]
    )
    found = find_isolation(None)
    assert found == Isolation("bubblewrap", refused=("namespaces: it can fly",))


def test_a_container_engine_that_isolates_nothing_is_found_out(engine, monkeypatch):
    monkeypatch.setattr(sandbox, "LEVELS", ("container",))
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
def test_the_log_says_where_system_calls_are_not_filtered(works, library, monkeypatch, caplog):
    monkeypatch.setattr(sandbox, "_try", lambda level, zygotes: [] if level == works else ["it can fly"])
    monkeypatch.setattr(sandbox.seccomp, "is_available", lambda: library)
    found = find_isolation(None)
    assert found.filtered == (works == "namespaces" and library)
    warnings = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert len(warnings) == (not found.filtered)
    why = "libseccomp is not installed" if works == "namespaces" else "namespaces: it can fly"
    assert all(why in text and "not filtered" in text for text in warnings)


@needs_bubblewrap
def test_bubblewrap_holds(monkeypatch):
    monkeypatch.setattr(sandbox, "LEVELS", ("bubblewrap",))
    assert find_isolation(None).level == "bubblewrap"


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
    before = set(Path("/").iterdir()) | set(sandbox.REPOSITORY.iterdir())
    assert find_isolation(None, unsafe=True).level == "none"
    assert set(Path("/").iterdir()) | set(sandbox.REPOSITORY.iterdir()) == before


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


def test_a_cold_kernel_is_isolated_too(monkeypatch, tmp_path, caplog):
    if provisioner.isolation(unsafe=True).level != "namespaces":
        pytest.skip("no namespaces here")
    monkeypatch.setattr(provisioner, "zygotes", lambda: None)
    source = "import os; print(sorted(os.listdir('/home')), os.getpid() < 10)"
    done = ExecuteProbes().execute(v4.new_notebook(cells=[v4.new_code_cell(source)]), {}, tmp_path)
    how = done.metadata["cvlabs"]
    assert (how["isolation"], how["kernel"]) == ("namespaces", "cold")
    assert done.cells[0].outputs[0].text == "['student'] True\n"
