"""Every task that a check exists for, by lab and by name; and finding one of them."""

import difflib
from collections.abc import Iterable

from cvlabs.checks import tasks_lab01, tasks_lab02, tasks_lab03, tasks_lab04
from cvlabs.checks.task import Task

TASKS: dict[str, dict[str, Task]] = {
    module.LAB: {task.name: task for task in module.TASKS}
    for module in (tasks_lab01, tasks_lab02, tasks_lab03, tasks_lab04)
}


def find_lab(name: str) -> str:
    """Returns the full name of the lab that `name` is, or begins.

    Raises:
        ValueError: No lab, or more than one, has a name that begins so.
    """
    if name in TASKS:
        return name
    found = [lab for lab in TASKS if lab.startswith(name)] if name else []
    if len(found) == 1:
        return found[0]
    if found:
        raise ValueError(f"{name!r} fits several labs: {', '.join(found)}. Write more of the name.")
    raise ValueError(f"There is no lab named {name!r}. {_near(name, TASKS)}")


def find_task(name: str, lab: str | None = None) -> Task:
    """Returns the task of a check.

    Args:
        name: The check.
        lab: Its lab, or the beginning of the lab's name; not needed where only one lab has such a check.

    Raises:
        ValueError: There is no such lab or no such check, or several labs have one.
    """
    if lab is not None:
        lab = find_lab(lab)
        if name not in TASKS[lab]:
            raise ValueError(f"There is no check named {name!r} in {lab}. {_near(name, TASKS[lab])}")
        return TASKS[lab][name]
    labs = [lab for lab, tasks in TASKS.items() if name in tasks]
    if not labs:
        names = {name for tasks in TASKS.values() for name in tasks}
        raise ValueError(f"There is no check named {name!r}. {_near(name, names)}")
    if len(labs) > 1:
        raise ValueError(
            f"Several labs have a check named {name!r}: {', '.join(labs)}. "
            f'Say which one is meant: check, summary = lab("{labs[0]}")'
        )
    return TASKS[labs[0]][name]


def _near(name: str, names: Iterable[str]) -> str:
    known = sorted(names)
    near = difflib.get_close_matches(str(name), known, n=3) or known
    return f"Did you mean {' or '.join(map(repr, near))}?"
