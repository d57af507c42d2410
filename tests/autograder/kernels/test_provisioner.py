"""Whatever starts a kernel by our kernelspec, or grades by our configuration, gets an isolated warm one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.provisioning import KernelProvisionerFactory

from autograder.judging.seeds import course_secret
from autograder.kernels.manager import KERNELSPEC, PROVISIONER
from autograder.kernels.provisioner import IsolatedProvisioner, isolation
from autograder.labs import build
from tests.autograder.tiny_lab import LAB, REAL_LAB, cell_of, write_source


def test_it_is_registered():
    known = KernelProvisionerFactory.instance().provisioners
    assert known[PROVISIONER].load() is IsolatedProvisioner


def test_a_kernel_of_the_kernelspec_is_isolated():
    """As Jupyter's applications start kernels: by name, over ordinary managers and clients."""
    specs = KernelSpecManager(kernel_dirs=[str(KERNELSPEC.parent)], ensure_native_kernel=False)
    manager = KernelManager(kernel_name=PROVISIONER, kernel_spec_manager=specs)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        said = []
        client.execute_interactive(
            "import os; print(os.getcwd(), os.path.exists('/etc/shadow'))",
            output_hook=lambda message: said.append(message["content"].get("text", "")),
            timeout=60,
        )
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        client.context.term()
    level = isolation(unsafe=True).level
    assert (f"{os.fspath('/home/student/lab')} False\n" in "".join(said)) == (level != "none")
    assert not manager.is_alive()


@pytest.mark.slow
def test_stock_nbgrader_grades_in_isolated_kernels(course, solved):
    write_source(course.solutions, REAL_LAB)
    build.build_course(course, REAL_LAB, build.known_checks())
    course_secret(course.root)
    cell_of(solved, "setup").source = cell_of(solved, "setup").source.replace(LAB, REAL_LAB)
    target = course.notebook("submitted", REAL_LAB, "ada")
    target.parent.mkdir(parents=True)
    nbformat.write(solved, target)
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, "-m", "nbgrader", "autograde", REAL_LAB]
    run = subprocess.run(command, cwd=course.root, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-3000:]
    graded = nbformat.read(course.notebook("autograded", REAL_LAB, "ada"), as_version=4)
    how = graded.metadata["cvlabs"]
    assert (how["isolation"], how["kernel"]) == (isolation(unsafe=True).level, "warm")
    assert cell_of(graded, "check_conv_params").metadata["cvlabs"]["outcome"] == "passed"


def test_the_kernelspec_is_one():
    about = json.loads((KERNELSPEC / "kernel.json").read_text())
    assert about["metadata"]["kernel_provisioner"]["provisioner_name"] == PROVISIONER
    assert about["language"] == "python"
