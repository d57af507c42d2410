"""A class on a Dask cluster: a real scheduler and two workers on this machine, of which one is killed."""

import copy
import os
import signal
import subprocess
import sys

import pytest

from autograder import crew
from autograder.course import REPOSITORY
from autograder.crew import cluster_crew
from autograder.errors import GraderError
from autograder.grade import grade
from autograder.kernels.provisioner import isolation
from tests.autograder.tiny_lab import LAB, REAL_LAB, cell_of, hand_in, write_source

distributed = pytest.importorskip("distributed")


@pytest.fixture
def cluster(tmp_path):
    """The scheduler's address and the workers' processes."""
    about, processes = tmp_path / "scheduler.json", []
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "DASK_TEMPORARY_DIRECTORY": str(tmp_path)}

    def start(*words: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "dask", *words, "--scheduler-file", str(about)]
        with (tmp_path / "dask.log").open("a") as log:
            processes.append(subprocess.Popen(command, stdout=log, stderr=log, env=environment))
        return processes[-1]

    try:
        start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        workers = [start("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard") for _ in range(2)]
        with distributed.Client(scheduler_file=str(about), timeout=300, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=300)
            yield client.scheduler.address, workers
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:  # how long Dask takes to say goodbye is not ours to test
                process.kill()
                process.wait()


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # Dask's own, of its versions and of connections that end
def test_a_class_is_graded_though_a_worker_is_killed(cluster, course, solved, tmp_path):
    if isolation(unsafe=True).level == "none":
        pytest.skip("nothing isolates here")
    address, workers = cluster
    write_source(course.solutions, REAL_LAB)
    cell_of(solved, "setup").source = cell_of(solved, "setup").source.replace(LAB, REAL_LAB)
    for number in range(8):
        notebook = copy.deepcopy(solved)
        if number % 2:
            cell_of(notebook, "conv_macs").source = "def conv_macs(*sizes):\n    return 1"
        hand_in(tmp_path / "class", f"student{number}", notebook, f"{REAL_LAB}.ipynb")

    def kill_one(step):
        if step.number == 2:
            workers[0].send_signal(signal.SIGKILL)

    results = grade(course, REAL_LAB, tmp_path / "class", kill_one, crew=cluster_crew(address))
    assert {student: result.total for student, result in results.items()} == {
        f"student{number}": 3 if number % 2 else 4 for number in range(8)
    }
    assert {result.run.isolation for result in results.values()} == {isolation(unsafe=True).level}


def test_nobody_at_the_address_is_told(monkeypatch):
    monkeypatch.setattr(crew, "ANSWER_SECONDS", 1)
    with (
        pytest.raises(GraderError, match=r"no Dask scheduler answers at tcp://127.0.0.1:9"),
        cluster_crew("tcp://127.0.0.1:9"),
    ):
        pass


@pytest.mark.parametrize("address", ["nonsense", "", "tcp://host", "tcp://:8786", "http://host:8786"])
def test_what_is_no_address_is_told_before_anybody_is_asked(address, monkeypatch):
    monkeypatch.setattr(distributed, "Client", None)
    with (
        pytest.raises(GraderError, match=rf"--cluster got '{address}'; expected .* tcp://HOST:8786"),
        cluster_crew(address),
    ):
        pass


@pytest.mark.parametrize("address", ["tcp://10.0.0.1:8786", "tls://[::1]:8786", "host.of.mine:8786"])
def test_what_dask_takes_as_an_address_is_tried(address, monkeypatch):
    def client(given, **options):
        raise OSError(given)

    monkeypatch.setattr(distributed, "Client", client)
    with pytest.raises(GraderError, match=r"no Dask scheduler answers"), cluster_crew(address):
        pass


def test_without_dask_the_way_to_get_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(GraderError, match=r"pip install 'cvlabs\[cluster\]'"), cluster_crew("tcp://x:1"):
        pass
