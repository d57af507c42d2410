"""Kernels in bubblewrap and in containers: they can do what they can in namespaces, and nothing more.

The programs are those of `engines`; bubblewrap's own, too, where it is installed.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from nbformat import v4
from traitlets.config import Config

from autograder.execute import ExecuteProbes
from autograder.kernels import init, landlock, provisioner, sandbox, start, wrapped
from autograder.kernels.home import kernel_home
from autograder.kernels.limits import Limits
from autograder.kernels.sandbox import Isolation, find_isolation
from autograder.kernels.start import WrappedProcess, start_kernel, start_wrapped
from tests.autograder import traces
from tests.autograder.kernels import engines

REPOSITORY = Path(__file__).parents[3]
HAS_BWRAP = shutil.which("bwrap") is not None
LEVELS = {"bwrap": "bubblewrap", "docker": "container"}
LEFT = f"775.{os.getpid()}"  # how long a program sleeps that must not be left; other tests run beside these


@pytest.fixture(scope="module", autouse=True)
def _namespaces():
    if provisioner.isolation(unsafe=True).level != "namespaces":
        pytest.skip(f"no namespaces here: {provisioner.isolation(unsafe=True).refused}")


def use(name, folder, monkeypatch):
    """Puts a program on the path and the level that it makes first."""
    engines.install(folder, name)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    monkeypatch.setenv("CVLABS_GRADING_IMAGE", "image")
    monkeypatch.setattr(sandbox, "LEVELS", (LEVELS[name],))
    return LEVELS[name]


@pytest.fixture(
    params=[
        "bwrap",
        "docker",
        pytest.param("", marks=pytest.mark.skipif(not HAS_BWRAP, reason="no bubblewrap")),
    ]
)
def level(request, tmp_path, monkeypatch):
    if not request.param:
        monkeypatch.setattr(sandbox, "LEVELS", ("bubblewrap",))
        yield "bubblewrap"
        return
    yield use(request.param, tmp_path / "engine", monkeypatch)
    names = tmp_path / "engine" / engines.NAMES
    try:
        until(lambda: not list(names.iterdir()))
    finally:
        for file in names.iterdir():
            os.kill(int(file.read_text()), signal.SIGKILL)


@pytest.fixture
def run(level, tmp_path, monkeypatch):
    monkeypatch.setattr(provisioner, "isolation", lambda *, unsafe: Isolation(level))
    files = tmp_path / "lab"
    files.mkdir()
    for name in ("figure.svg", "solution.ipynb", ".hidden"):
        (files / name).write_text("drawn")

    def run(*sources, **limits):
        notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])
        config = Config({"ExecuteProbes": {"timeout": 300} | limits})  # a cold kernel loads Keras in a cell
        done = ExecuteProbes(config=config).execute(notebook, {}, files)
        assert done.metadata["cvlabs"]["isolation"] == level
        assert {path.name: path.read_text() for path in files.iterdir()} == before
        return done

    before = {path.name: path.read_text() for path in files.iterdir()}
    return run


def said(notebook):
    return [
        [o.get("text", o.get("evalue", "")).strip() for o in cell.outputs if o.get("name") != "stderr"]
        for cell in notebook.cells
    ]


def sleeps():
    return traces.runs(f"sleep {LEFT}")


def test_a_level_that_holds_is_found_and_what_is_weaker_told(level, caplog):
    assert find_isolation(None).level == level
    assert f"isolated by {level}, where each loads TensorFlow" in caplog.text
    assert ("can fill the disk" in caplog.text) is not landlock.is_available()


def test_an_honest_notebook_has_what_it_has_in_namespaces(run):
    flood = "while True: print('x' * 1000)"
    files = "import os; print(sorted(os.listdir()), open('figure.svg').read(), os.environ['HOME'])"
    writes = "for name in ('new', 'figure.svg', '/tmp/x', '/dev/shm/x'): open(name, 'w').write('1')"
    who = "import pwd; print(pwd.getpwuid(os.getuid()).pw_name, os.getppid())"
    done = run(
        files, writes, flood, who, "import cvlabs.models", "import cvlabs.checks", cell_output_bytes=9999
    )
    first, second, third, fourth, fifth, sixth = said(done)
    assert first == ["['figure.svg'] drawn /home/student"]
    assert second == sixth == []
    assert "KeyboardInterrupt" in [output.get("ename") for output in done.cells[2].outputs]
    assert len(third) > 1
    assert fourth == ["student 1"]
    assert fifth == ["No module named 'cvlabs.models'"]
    assert done.metadata["cvlabs"]["peak_memory"] > 1_000_000


def test_a_cell_at_its_time_limit_costs_only_itself(run):
    done = run("while True: pass", "print('alive')", timeout=5)  # a busy machine may need seconds to print
    assert said(done) == [
        ["", "This cell was stopped after 5 seconds, the time limit for one cell."],
        ["alive"],
    ]


def test_too_much_memory_is_named(run):
    ((error,), _) = said(run("import time; x = b'x' * 10**9; time.sleep(60)", "", memory=2 * 10**8))
    assert error == "The kernel died while it ran this cell: it used more memory than a notebook may."


def test_nothing_is_left_of_a_kernel(run):
    run(f"import subprocess; subprocess.Popen(['sleep', {LEFT!r}], start_new_session=True)")
    assert traces.ends(f"sleep {LEFT}")


def test_the_kernel_cannot_touch_what_watches_it(run):
    source = """
import os, signal
os.kill(1, signal.SIGKILL)
for name in ("environ", "mem", "fd/0", "fd/1"):
    try:
        print(open(f"/proc/1/{name}", "rb").read(1))
    except OSError:
        pass
print("alive")
"""
    assert said(run(source)) == [["alive"]]


MAKES = """
import os, socket
run = "/kernel/run"
ways = {
    "file": lambda: open(f"{run}/x", "w"),
    "end of a file": lambda: open(f"{run}/kernel.json", "a"),
    "folder": lambda: os.mkdir(f"{run}/x"),
    "pipe": lambda: os.mkfifo(f"{run}/x"),
    "link": lambda: os.symlink("/", f"{run}/x"),
    "name": lambda: os.link(f"{run}/kernel.json", f"{run}/x"),
    "place": lambda: os.rename(f"{run}/kernel.json", f"{run}/x"),
    "gap": lambda: os.remove(f"{run}/kernel.json"),
    "socket": lambda: socket.socket(socket.AF_UNIX).bind(f"{run}/x"),
    "move": lambda: (os.mkdir("a"), open("b", "w").close(), os.rename("b", "a/b")),
}
for name, way in ways.items():
    try:
        way()
        print(name)
    except OSError:
        pass
"""


@pytest.mark.skipif(not landlock.is_available(), reason="no Landlock")
def test_a_kernel_makes_nothing_but_sockets_on_the_graders_disk(run):
    assert said(run(MAKES)) == [["socket\nmove"]]


def test_more_sockets_than_a_notebook_needs_count_as_memory_also_when_they_are_closed(run):
    bind = "import socket\nfor number in range(2000):\n"
    bind += "    with socket.socket(socket.AF_UNIX) as one: one.bind(f'/kernel/run/{number}')\n"
    ((error,), _) = said(run(f"{bind}import time; time.sleep(60)", "", memory=2 * 10**8))
    assert error == "The kernel died while it ran this cell: it used more memory than a notebook may."


@pytest.mark.parametrize("name", LEVELS)
def test_where_the_disk_can_be_filled_it_is_told(name, tmp_path, monkeypatch, caplog):
    level = use(name, tmp_path / "engine", monkeypatch)
    monkeypatch.setenv(engines.WITHOUT_LANDLOCK, "1")
    assert find_isolation(None).level == level
    assert f"isolated by {level} can fill the disk" in caplog.text


def test_it_ends_with_the_grader(level):
    program = f"""
from nbformat import v4
from pathlib import Path
from autograder.execute import ExecuteProbes
from autograder.kernels import provisioner
from autograder.kernels.sandbox import Isolation
provisioner.isolation = lambda *, unsafe: Isolation({level!r})
source = "import subprocess; subprocess.run(['sleep', {LEFT!r}])"
ExecuteProbes().execute(v4.new_notebook(cells=[v4.new_code_cell(source)]), {{}}, Path("/nowhere"))
"""
    with tempfile.TemporaryDirectory() as folder:  # for what it has no time to remove
        environment = os.environ | {"TMPDIR": folder}
        grader = subprocess.Popen([sys.executable, "-c", program], cwd=REPOSITORY, env=environment)
        try:
            until(sleeps)
        finally:
            grader.kill()
            grader.wait()
        assert traces.ends(f"sleep {LEFT}")


def test_its_wall_clock_ends_it(level):
    waits = {"look": {"readable": [], "writable": [], "mark": "x", "port": 9, "scratch": [], "own": []}}
    with kernel_home(None) as home:
        about = {"role": "look", "socket": "/kernel/run/nobody", **waits}
        environment = home.environment({}, isolated=True)
        process = start_wrapped(home, level, environment, Limits(seconds=1), about)
        assert process.wait(300) == init.SECONDS
        process.kill()


def test_a_client_that_is_killed_leaves_no_container(tmp_path, monkeypatch):
    use("docker", tmp_path / "engine", monkeypatch)
    names = tmp_path / "engine" / engines.NAMES
    command = [str(tmp_path / "engine" / "docker"), "run", "--rm", "--name", "one", "--user"]
    command += [f"{os.getuid()}:{os.getgid()}", "--volume", "/usr:/usr:ro", "--volume", "/usr/lib:/lib:ro"]
    command += ["--volume", f"{Path('/lib64').resolve()}:/lib64:ro"] if Path("/lib64").is_dir() else []
    command += ["--entrypoint", "sleep", "image", LEFT]  # which does not look at its input
    with (tmp_path / "log").open("w") as log, (tmp_path / "out").open("wb") as out:
        process = WrappedProcess(command, [command[0], "rm", "--force", "one"], out, (log, 10**6))
    until(sleeps)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert sleeps()
    process.kill()
    assert traces.ends(f"sleep {LEFT}")
    assert list(names.iterdir()) == []


def test_a_bubblewrap_that_knows_no_sizes_holds_too(tmp_path, monkeypatch):
    use("bwrap", tmp_path / "engine", monkeypatch)
    monkeypatch.setenv(engines.OLD, "1")
    assert find_isolation(None).level == "bubblewrap"


def test_a_folder_of_the_lab_that_cannot_be_written_to_is_found_out(tmp_path, monkeypatch):
    use("bwrap", tmp_path / "engine", monkeypatch)
    made = wrapped._bubblewrap

    def sealed(*arguments):
        command = made(*arguments)
        where = command.index("--chdir")
        return [*command[:where], "--ro-bind", str(tmp_path), "/home/student/lab", *command[where:]]

    (tmp_path / "given.txt").write_text("x")
    monkeypatch.setattr(wrapped, "_bubblewrap", sealed)
    found = find_isolation(None, unsafe=True)
    assert found.level == "none"
    assert "Read-only file system" in found.refused[0]


@pytest.mark.parametrize(("user", "inside"), [(0, []), (1000, ["--userns", "keep-id"])])
def test_podman_without_root_has_the_graders_user_inside(user, inside, tmp_path, monkeypatch):
    engines.install(tmp_path / "engine", "podman")
    monkeypatch.setenv("PATH", str(tmp_path / "engine"))
    monkeypatch.setenv("CVLABS_GRADING_IMAGE", "image")
    monkeypatch.setattr(wrapped.os, "getuid", lambda: user)
    with kernel_home(None) as home:
        how = wrapped.wrap("container", home, {}, Limits(), "{}")
    where = how.command.index("--read-only-tmpfs=false") + 1
    assert how.command[where : where + len(inside)] == inside
    assert ("--userns" in how.command) == bool(inside)
    assert how.end == [str(tmp_path / "engine" / "podman"), "rm", "--force", how.command[5]]


def test_it_needs_its_programs(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with kernel_home(None) as home:
        for level, missing in (
            ("bubblewrap", "bwrap is not installed"),
            ("container", "CVLABS_GRADING_IMAGE"),
        ):
            with pytest.raises(OSError, match=missing):
                start_kernel(home_with_connection(home), level, {}, Limits(), None)


def home_with_connection(home):
    home.connection_file.write_text("{}")
    return home


def test_a_link_in_the_folder_of_the_sockets_is_not_followed(tmp_path):
    """A kernel that starts again finds there what the one before it has left."""
    with kernel_home(None) as home:
        home_with_connection(home)
        (home.run / "kernel.json").symlink_to(tmp_path / "other")
        start._write_connection(home, isolated=True)
        assert not (tmp_path / "other").exists()


def until(condition, seconds=300):
    for _ in range(seconds * 20):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it did not come about")
