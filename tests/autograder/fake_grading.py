"""Stands in for kernels and the judge, so that everything between them is tested in a second."""

from typing import Any

from nbformat import NotebookNode, v4

from autograder.check_cells import MIME

RIGHT = {"conv_params": 448, "conv_macs": 864}
CASES = {"conv_params": (3, 3, 16), "conv_macs": (2, 3, 3, 8)}


def execute(self: object, notebook: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
    """Runs the cells in this process; `check` leaves the value of one case as evidence."""
    outputs: list[NotebookNode] = []

    def check(name: str, answer: Any) -> None:
        data = {MIME: answer(*CASES[name]), "text/plain": "evidence recorded"}
        outputs.append(v4.new_output("display_data", data=data))

    scope: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        outputs.clear()
        source = "" if "cvlabs.checks" in cell.source else cell.source
        if "GRADER FAULT" in source:
            raise OSError("disk full")
        try:
            exec(source, scope | {"check": check} if "check(" in source else scope)
        except Exception as error:  # noqa: BLE001
            outputs.append(v4.new_output("error", ename=type(error).__name__, evalue="", traceback=[]))
        cell.outputs = list(outputs)
    return notebook, resources


class FakeJudge:
    """Passes the right value; comes to no verdict on a negative one; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def start(self) -> None:
        pass

    def ask(self, **request: Any) -> dict[str, Any]:
        self.asked.append(request)
        value = request["evidence"]
        if isinstance(value, int) and value < 0:
            return {"outcome": "unjudged", "hint": "out of memory"}
        if value == RIGHT[request["name"]]:
            return {"outcome": "passed", "html": "<i>right</i>", "text": "right"}
        idea = {"misconception": "without_biases"} if value == 432 else {}
        return {"outcome": "failed", "html": "<i>wrong</i>", "text": "wrong", "hint": "Think.", **idea}
