"""Evidence of our own implementations, the reference and the misconceptions, on the cases of one seed."""

import functools
from collections.abc import Callable
from dataclasses import dataclass

from cvlabs.checks import evidence
from cvlabs.checks.probe import probe
from cvlabs.checks.task import Case, Task, Trial
from cvlabs.quiet import quiet

Record = dict[str, object]
"""What a probe returns: JSON-ready."""
Key = tuple[str, ...]
Remember = Callable[[Key, Callable[[], Record]], Record]
"""Returns the record of a key: one that is known, or a computed one."""


def compute_anew(key: Key, compute: Callable[[], Record]) -> Record:
    """Remembers nothing."""
    return compute()


@dataclass(frozen=True)
class Ours:
    """A check on the cases of one seed.

    Args:
        task: Its task.
        seed: The seed.
        remember: Knows evidence from other processes.
    """

    task: Task
    seed: str
    remember: Remember = compute_anew

    @functools.cached_property
    def cases(self) -> tuple[Case, ...]:
        """The cases."""
        return self.task.draw(self.seed)


def trial(ours: Ours, function: Callable[..., object], index: int, runs: bool) -> Trial:
    """Returns the evidence of one of our own implementations on one case.

    Args:
        ours: The check.
        function: The implementation.
        index: Which case.
        runs: Whether a network is run, or only built: for its shapes and parameters.
    """
    case = ours.cases[index]
    return _trial(ours, function, index, runs and case != case.without_run())


@functools.lru_cache(maxsize=4096)
def _trial(ours: Ours, function: Callable[..., object], index: int, runs: bool) -> Trial:
    task, case = ours.task, ours.cases[index]

    def compute() -> Record:
        with quiet():
            return probe(task, function, (case if runs else case.without_run(),))

    key = (task.lab, task.name, ours.seed, function.__name__, str(index), "run" if runs else "built")
    signature, trials = evidence.read(ours.remember(key, compute), task.lab, task.name, 1)
    if signature is not None:
        raise RuntimeError(f"{function!r}: {signature}")
    return trials[0]
