"""Runs a submission in a kernel of its own, isolated, within budgets of time and output.

Nothing that the student's code does raises here: what goes wrong is written into the cell, and the cells
after a dead kernel say that they were not run.
"""

import asyncio
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellExecutionComplete, DeadKernelError
from nbclient.util import ensure_async
from nbformat import NotebookNode, v4
from nbgrader.preprocessors import Execute
from traitlets import Bool, Integer, Unicode

from autograder.judging.client import judge_client
from autograder.judging.hidden_cases import hide_cases
from autograder.judging.seeds import course_secret, seeds
from autograder.kernels.growth import growth_limit
from autograder.kernels.home import kernel_home
from autograder.kernels.limits import Limits
from autograder.kernels.manager import HomeKernelManager
from autograder.kernels.provisioner import IsolatedProvisioner
from autograder.labs.check_cells import MIME, check_cells
from autograder.output_meter import OutputMeter, size_of

OUR_ERRORS = ("CellTimeoutError", "DeadKernel", "NotRun", "OutputLimit")
_KEPT = ("stream", "display_data", "execute_result", "error", "clear_output")
_ERROR_BYTES = 20_000
_GRACE_SECONDS = 30  # for a cell to end that was interrupted at its time limit
_ARRIVAL_SECONDS, _UNTOLD_SECONDS = 30.0, 1.0  # for an interrupt to arrive; where nobody tells that it has
_LOOK_SECONDS = 0.01


class KernelLost(Exception):
    """A kernel ended because of the grader, so what its cells show is no result of the student's."""


class ExecuteProbes(Execute):
    """nbgrader's Execute with budgets, in the kernel of a `KernelHome`."""

    course = Unicode("", help="The course folder.").tag(config=True)
    notebook_timeout = Integer(600, help="Seconds for all cells together.").tag(config=True)
    cell_output_bytes = Integer(2_000_000, help="What one cell may put out.").tag(config=True)
    notebook_output_bytes = Integer(20_000_000, help="What all cells together may put out.").tag(config=True)
    evidence_bytes = Integer(64_000_000, help="What the evidence of one cell may amount to.").tag(config=True)
    unread_bytes = Integer(1_000_000_000, help="By how much a kernel may fill the grader.").tag(config=True)
    memory = Integer(Limits().memory, help="Bytes that the kernel may use.").tag(config=True)
    warm = Bool(True, help="Take warm kernels where there are any.").tag(config=True)
    unsafe = Bool(False, help="Run without isolation where there is none to be had.").tag(config=True)

    startup_timeout = 120
    iopub_timeout = 10
    raise_on_iopub_timeout = False
    shutdown_kernel = "immediate"
    skip_cells_with_tag = "\0"  # by default a tag skips a cell, and a cell without an error has full marks

    def preprocess(self, nb: NotebookNode, resources: Any, km: object = None) -> tuple[NotebookNode, Any]:
        """Runs all cells of a submission, for nbgrader."""
        info = resources["nbgrader"]
        lab, course = info["assignment"], Path(self.course)
        given = seeds(course_secret(course), info["student"], lab, check_cells(info))
        cases = judge_client(course / "grader.log").draw(lab, given)
        return self.execute(nb, cases, course / "release" / lab), resources

    def execute(self, notebook: NotebookNode, cases: Mapping[str, object], files: Path) -> NotebookNode:
        """Runs all cells of a notebook, and notes in its metadata how it was isolated.

        The cases are not in the outputs, see `hidden_cases`.

        Args:
            notebook: The notebook; its cells get outputs.
            cases: The cases of each check; not their seeds, see `cvlabs.checks.cases`.
            files: A folder whose files, except notebooks, the kernel finds where it starts.

        Raises:
            RuntimeError: No kernel can be started.
            KernelLost: It ended through no fault of its own.
        """
        self._cases = cases
        self._meter = OutputMeter(self.cell_output_bytes, self.notebook_output_bytes, self.evidence_bytes)
        self._stopped = self._killed_because = ""
        self._is_doubtful = False
        self._cell_seconds = 0.0
        self._deadline: float | None = None
        self._manager: HomeKernelManager | None = None
        with kernel_home(files) as home, growth_limit(self.unread_bytes, self._refuse_flood):
            self._home = home
            try:
                super().preprocess(notebook, {"metadata": {"path": str(home.root)}})
            except RuntimeError as error:
                if self._kernel is not None and self._kernel.is_lost:
                    raise KernelLost(self._kernel.end or "the zygote ended as it started") from error
                raise RuntimeError(
                    f"the kernel did not start: {error} {home.last_words()}".strip()
                ) from error
            finally:
                self._kill()
        hide_cases(notebook, cases)
        notebook.metadata["cvlabs"] = self._how()
        return notebook

    def _how(self) -> dict[str, Any]:
        kernel = self._kernel
        if kernel is None:
            raise RuntimeError("the kernel did not start")
        warm = "warm" if kernel.is_warm else "cold"
        seconds = round(self._cell_seconds, 3)
        about = {"isolation": kernel.level, "kernel": warm}
        return about | {"peak_memory": kernel.peak_memory, "cell_seconds": seconds}

    def create_kernel_manager(self) -> HomeKernelManager:
        """Makes the manager of the kernel in the submission's home."""
        seconds = self.notebook_timeout + self.startup_timeout + self.timeout
        limits = Limits(memory=self.memory, seconds=seconds)
        self.km = self._manager = HomeKernelManager(
            self._home, self._cases, limits, unsafe=self.unsafe, warm=self.warm
        )
        return self._manager

    @property
    def _kernel(self) -> IsolatedProvisioner | None:
        """The kernel, once it is started."""
        return self._manager.kernel if self._manager is not None else None

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> tuple[NotebookNode, Any]:
        """Runs one cell, or says why it was not run."""
        if cell.cell_type != "code":
            return cell, resources
        cell.outputs = []
        if self._deadline is None:
            self._deadline = time.monotonic() + self.notebook_timeout
        elif not self._stopped and time.monotonic() >= self._deadline:
            self._stopped = f"the {self.notebook_timeout} seconds for the whole notebook were spent"
        if self._stopped:
            _add_error(cell, "NotRun", f"This cell was not run: {self._stopped}.")
            return cell, resources
        self._meter.start_cell()
        self._timed_out = self._idle = False
        self._interrupt: asyncio.Future[Any] | None = None
        start = time.monotonic()
        watch = threading.Timer(self._get_timeout(cell) + _GRACE_SECONDS, self._give_up)
        watch.start()
        try:
            super().preprocess_cell(cell, resources, index)
        except DeadKernelError:
            kernel = self._kernel
            if self._is_doubtful or (kernel is not None and kernel.is_lost):
                ours = self._killed_because or (kernel is not None and kernel.end)
                raise KernelLost(ours or "the zygote ended, and the kernel with it") from None
            late = "it did not stop at its time limit" if self._timed_out else ""
            end = (kernel is not None and kernel.end) or self._killed_because or late
            _add_error(cell, "DeadKernel", f"The kernel died while it ran this cell{end and f': {end}'}.")
            self._stopped = "the kernel died in an earlier cell"
        finally:
            watch.cancel()
            self._cell_seconds += time.monotonic() - start
        if self._timed_out and not self._idle:
            self._kill()
            self._stopped = "an earlier cell could not be interrupted"
        if self._interrupt or self._timed_out:
            self._await_interrupt()
        _tidy(cell, self._meter)
        return cell, resources

    def _get_timeout(self, cell: NotebookNode | None) -> float:
        left = self.notebook_timeout if self._deadline is None else self._deadline - time.monotonic()
        return max(0.1, min(self.timeout, left))

    async def _async_handle_timeout(self, timeout: float, cell: NotebookNode | None = None) -> Any:
        self._timed_out = True
        text = f"This cell was stopped after {timeout:.0f} seconds"
        limit = "one cell" if timeout >= self.timeout else "the whole notebook"
        error = {
            "ename": "CellTimeoutError",
            "evalue": f"{text}, the time limit for {limit}.",
            "traceback": [],
        }
        self.error_on_timeout = error
        return await super()._async_handle_timeout(timeout, cell)

    async def _async_poll_output_msg(self, parent_msg_id: str, cell: NotebookNode, cell_index: int) -> None:
        """As nbclient's, but passes over what is no proper message: the student's code can send anything."""
        while True:
            try:
                message = await ensure_async(self.kc.iopub_channel.get_msg(timeout=None))
                if message["parent_header"].get("msg_id") == parent_msg_id:
                    self.process_message(message, cell, cell_index)
            except CellExecutionComplete:
                self._idle = True
                if self._interrupt:  # it may not have been sent yet: what is read may leave it no turn
                    await asyncio.wait([self._interrupt])
                return
            except Exception as error:  # noqa: BLE001
                self.log.warning("passed over a message: %s", type(error).__name__)

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Keeps an output if it is within the limits; beyond them, interrupts the cell."""
        kind, content = msg["msg_type"], msg["content"]
        if kind == "status":
            return super().process_message(msg, cell, cell_index)
        if kind == "execute_input":
            cell.execution_count = content["execution_count"]
        if kind not in _KEPT:
            return None
        content.pop("transient", None)  # display ids would let a later cell change this cell's outputs
        evidence = kind == "display_data" and MIME in content["data"]
        before = self._meter.flooded
        if self._meter.admits(content, evidence=evidence):
            return super().process_message(msg, cell, cell_index)
        if self._meter.flooded and not before:
            self._interrupt = asyncio.ensure_future(ensure_async(self.km.interrupt_kernel()))
        return None

    def on_cell_executed(self, **kwargs: Any) -> None:
        """As nbgrader's, which records an error that is in the reply only; long ones are shortened first."""
        content = kwargs["execute_reply"]["content"]
        if content["status"] == "error" and size_of(content) > _ERROR_BYTES:
            content["ename"], content["evalue"] = str(content["ename"])[:200], str(content["evalue"])[:1000]
            content["traceback"] = [f"{content['ename']}: {content['evalue']} …"]
        if content["status"] == "error" and not content["traceback"]:
            content["traceback"] = [f"{content['ename']}: {content['evalue']}"]
        super().on_cell_executed(**kwargs)

    def _await_interrupt(self) -> None:
        """Waits for an interrupt that may have found the cell at its end, and would hit the next one.

        A kernel that is between two cells ignores it.
        """
        kernel = self._kernel
        if kernel is None or kernel.level == "none":
            time.sleep(_UNTOLD_SECONDS)
            return
        deadline = time.monotonic() + _ARRIVAL_SECONDS
        while not kernel.has_arrived() and time.monotonic() < deadline:
            time.sleep(_LOOK_SECONDS)

    def _give_up(self) -> None:
        """Kills a kernel that keeps nbclient busy past every deadline; from another thread."""
        self._timed_out = True
        self._kill()

    def _refuse_flood(self, alone: bool) -> None:
        """Kills a kernel that fills the grader's memory; from another thread."""
        self._killed_because = "it sent more than the grader can hold"
        self._is_doubtful = not alone
        self._kill()

    def _kill(self) -> None:
        """Kills the kernel with all that it started."""
        kernel = self._kernel
        process = kernel.process if kernel is not None else None  # another thread may note its end now
        if process is not None:
            process.kill()


def _add_error(cell: NotebookNode, name: str, text: str) -> None:
    cell.outputs.append(v4.new_output("error", ename=name, evalue=text, traceback=[f"{name}: {text}"]))


def _tidy(cell: NotebookNode, meter: OutputMeter) -> None:
    """Joins the pieces of each stream, keeps the last state of progress bars, and notes what was cut."""
    outputs: list[NotebookNode] = []
    for output in cell.outputs:
        last = outputs[-1] if outputs else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last["pieces"].append(output.text)
            continue
        outputs.append(output)
        if output.output_type == "stream":
            output["pieces"] = [output.text]
    for output in outputs:
        if output.output_type == "stream":
            lines = "".join(output.pop("pieces")).split("\n")
            output.text = "\n".join(line.rstrip("\r").rsplit("\r", 1)[-1] for line in lines)
    cell.outputs = outputs
    if meter.flooded:
        _add_error(cell, "OutputLimit", meter.note)
    elif meter.dropped:
        cell.outputs.append(v4.new_output("stream", name="stdout", text=meter.note + "\n"))
