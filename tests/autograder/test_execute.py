"""Students' code in real kernels (without Keras): whatever it does, the notebook comes back."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest
from nbformat import v4
from traitlets.config import Config

from autograder.execute import ExecuteProbes, KernelLost
from autograder.judging.hidden_cases import LEFT_OUT
from autograder.kernels import init
from autograder.kernels.growth import growth_limit
from autograder.kernels.manager import HomeKernelManager
from autograder.kernels.provisioner import IsolatedProvisioner, isolation
from autograder.kernels.warm import zygotes
from autograder.kernels.warm_process import WarmProcess
from cvlabs.checks.cases import pack
from cvlabs.checks.task import Case
from tests.autograder import traces


@pytest.fixture
def run(tmp_path, monkeypatch):
    def run(*sources, **limits):
        notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])
        config = Config({"ExecuteProbes": {"course": str(tmp_path), **limits}})
        return ExecuteProbes(config=config).execute(notebook, {}, tmp_path).cells

    return run


def errors(cell):
    return [output.ename for output in cell.outputs if output.output_type == "error"]


def text(cell):
    return "".join(output.get("text", "") for output in cell.outputs)


def test_a_kernel_sees_neither_answers_nor_the_repository(run):
    (first, *others) = run(
        "import os, sys; print(os.getcwd(), sorted(os.environ), *sys.path, sep='\\n')",
        "import cvlabs.checks",
        "import cvlabs.models",
        "import cvlabs.checks.answers",
        "import cvlabs.checks.judge",
        "import autograder",
        "from cvlabs import create_model",
        "help; exit",
    )
    assert [errors(cell) for cell in others] == [[], *[["ModuleNotFoundError"]] * 5, []]
    assert "SECRET" not in text(first)
    assert str(Path(__file__).parents[2]) not in text(first).splitlines()
    assert first.execution_count == 1


def test_the_cases_of_a_kernel_are_not_in_its_outputs(tmp_path):
    cases = {"conv_params": pack([Case({"kernel_size": 3, "in_channels": 406})])}
    notebook = v4.new_notebook(
        cells=[
            v4.new_code_cell("import os, json; print(os.environ['CVLABS_CHECK_CASES'])"),
            v4.new_code_cell("dict(os.environ)"),
            v4.new_code_cell("raise ValueError(json.loads(os.environ['CVLABS_CHECK_CASES']))"),
        ]
    )
    for cell in ExecuteProbes().execute(notebook, cases, tmp_path).cells:
        assert LEFT_OUT in str(cell.outputs)
        assert "406" not in str(cell.outputs)


def test_cells_after_a_dead_kernel_say_so(run):
    cells = run("a = 1", "import os; os._exit(3)", "print('never')")
    assert [errors(cell) for cell in cells] == [[], ["DeadKernel"], ["NotRun"]]
    assert cells[2].outputs[0].evalue == "This cell was not run: the kernel died in an earlier cell."


def test_a_kernel_that_goes_with_its_zygote_is_no_result(run, monkeypatch):
    if isolation(unsafe=True).level != "namespaces":
        pytest.skip("kernels are not forked here")
    process_message = ExecuteProbes.process_message

    def killing(self, message, *where):
        if message["msg_type"] == "stream":
            zygotes()._current._process.kill()
        return process_message(self, message, *where)

    monkeypatch.setattr(ExecuteProbes, "process_message", killing)
    with pytest.raises(KernelLost, match="the zygote ended"):
        run("import time; print('begun', flush=True); time.sleep(60)", "print('next')", timeout=120)


def test_a_cell_has_a_time_limit_and_the_next_one_runs(run):
    cells = run("while True: pass", "print('alive')", timeout=5)  # a busy machine may need seconds to print
    assert errors(cells[0])[-1] == "CellTimeoutError"
    assert (
        cells[0].outputs[-1].evalue == "This cell was stopped after 5 seconds, the time limit for one cell."
    )
    assert text(cells[1]) == "alive\n"


def test_a_notebook_has_a_time_limit(run):
    cells = run("import time; time.sleep(60)", "print('never')", notebook_timeout=1)
    assert "the time limit for the whole notebook" in cells[0].outputs[-1].evalue
    assert (
        cells[1].outputs[0].evalue
        == "This cell was not run: the 1 seconds for the whole notebook were spent."
    )


def test_a_cell_that_cannot_be_interrupted_ends_the_kernel(run, monkeypatch):
    monkeypatch.setattr(ExecuteProbes, "iopub_timeout", 1)
    stubborn = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(60)"
    cells = run(stubborn, "print('never')", timeout=1)
    assert "CellTimeoutError" in errors(cells[0])
    assert cells[1].outputs[0].evalue == "This cell was not run: an earlier cell could not be interrupted."


def test_a_flood_is_cut_and_the_next_cell_runs(run):
    cells = run("while True: print('x' * 1000)", "print('alive')", cell_output_bytes=100_000)
    assert errors(cells[0])[-1] == "OutputLimit"
    assert sum(len(str(output)) for output in cells[0].outputs) < 200_000
    assert text(cells[1]) == "alive\n"


def test_a_late_interrupt_does_not_hit_the_next_cell(run, monkeypatch):
    interrupt = HomeKernelManager.interrupt_kernel

    async def late(manager):
        await asyncio.sleep(0.3)
        await interrupt(manager)

    monkeypatch.setattr(HomeKernelManager, "interrupt_kernel", late)
    flood, slow = "print('x' * 2_000_000)", "import time; time.sleep(1); print('alive')"
    cells = run(flood, slow, cell_output_bytes=100_000)
    assert errors(cells[0]) == ["OutputLimit"]
    assert text(cells[1]) == "alive\n"


def test_an_interrupt_that_is_long_on_its_way_does_not_hit_the_next_cell(run, monkeypatch):
    if isolation(unsafe=True).level != "namespaces":
        pytest.skip("nobody tells here that an interrupt has arrived")
    held, looks = [], []
    send, has_arrived = WarmProcess.send_signal, IsolatedProvisioner.has_arrived

    def hold(process, number):
        held.append(number) if number == signal.SIGINT else send(process, number)

    def look(kernel):
        """The interrupt sets out only after the grader has looked for it, and not found it, many times."""
        looks.append(has_arrived(kernel))
        if len(looks) == 200:
            send(kernel.process, held.pop())
        return looks[-1]

    monkeypatch.setattr(WarmProcess, "send_signal", hold)
    monkeypatch.setattr(IsolatedProvisioner, "has_arrived", look)
    cells = run(
        "print('x' * 2_000_000)", "import time; time.sleep(1); print('alive')", cell_output_bytes=1000
    )
    assert errors(cells[0]) == ["OutputLimit"]
    assert text(cells[1]) == "alive\n"
    assert looks[:200] == [False] * 200
    assert looks[-1]


def test_odd_outputs_do_no_harm(run):
    forged = """
k = get_ipython().kernel
for content in ({"name": 5, "text": []}, {"name": "stdout"}, {"text": {}}, {}):
    k.session.send(k.iopub_socket, "stream", content, parent=k.get_parent("shell"))
k.session.send(k.iopub_socket, "display_data", {"data": 3}, parent=k.get_parent("shell"))
k.iopub_socket.send_multipart([b"x", b"<IDS|MSG>", b"bad", b"{}", b"{}", b"{}", b"{}"])
print("after")
"""
    cells = run(
        forged,
        "raise ValueError('x' * 100_000)",
        "import sys\nfor i in range(9): print(f'\\rstep {i}', end='')\nprint(); print('e', file=sys.stderr)",
        "raise SystemExit",
    )
    assert text(cells[0]) == "after\n"
    assert sum(len(str(output)) for output in cells[1].outputs) < 400_000
    assert text(cells[2]) == "step 8\ne\n"
    assert errors(cells[3]) == ["SystemExit"]


UNREAD = """
kernel = get_ipython().kernel
to = kernel._parent_ident["shell"]
for _ in range(60):
    kernel.stdin_socket.send_multipart([*(to if isinstance(to, list) else [to]), b"x" * 5_000_000])
import time
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is there on Linux alone")
def test_a_kernel_cannot_fill_the_grader_with_what_nobody_reads(run):
    cells = run(UNREAD, "print('never')", unread_bytes=100_000_000, timeout=60)
    assert cells[0].outputs[-1].evalue.endswith(": it sent more than the grader can hold.")
    assert errors(cells[1]) == ["NotRun"]


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is there on Linux alone")
def test_a_flood_that_may_be_another_submissions_is_no_result(run):
    with growth_limit(10**15, lambda alone: None), pytest.raises(KernelLost, match="sent more than"):
        run(UNREAD, unread_bytes=100_000_000, timeout=60)


def test_a_kernel_that_the_machine_had_no_memory_for_is_no_result(run, monkeypatch):
    monkeypatch.setattr(IsolatedProvisioner, "poll", full(IsolatedProvisioner.poll))
    with pytest.raises(KernelLost, match="the machine had no memory left"):
        run("import os; os._exit(137)")


def full(poll):
    """As if the keeper had found that the kernel was killed for want of memory on the machine."""

    async def told(self):
        if self.process is not None and self.process.poll() == 137:
            self.process.returncode = init.MACHINE_FULL
        return await poll(self)

    return told


def test_what_answers_a_request_and_is_no_reply_is_passed_over(run):
    forged = """
kernel = get_ipython().kernel
to, parent = kernel._parent_ident["shell"], kernel.get_parent("shell")
stream = kernel.shell_stream or kernel.shell_socket
shown = {"data": {"text/plain": "1"}, "metadata": {}}
for kind in ("execute_reply", "kernel_info_reply", "display_data", "odd"):
    for content in ({}, shown, {"status": "error"}, {"status": "error", "ename": "a", "evalue": "b"}):
        kernel.session.send(stream, kind, content, parent=parent, ident=to)
print("after")
"""
    cells = run(forged, "print('alive')")
    assert [text(cell) for cell in cells] == ["after\n", "alive\n"]


def test_nothing_of_a_submission_is_left(run, tmp_path):
    (cell,) = run("import os, subprocess; subprocess.Popen(['sleep', '777.7']); print(os.getcwd())")
    assert not Path(text(cell).strip()).parent.exists()
    assert traces.ends("sleep 777.7")
