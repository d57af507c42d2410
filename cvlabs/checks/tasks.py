"""Every task that a check exists for, by name."""

from cvlabs.checks import tasks_lab03
from cvlabs.checks.task import Task

TASKS: dict[str, Task] = {task.name: task for task in (*tasks_lab03.TASKS,)}
