"""The progress of a run: a bar where somebody watches, a line per student where a file does."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.grade import Progress, Step
from autograder.results import Result
from autograder.table import print_line

NOTHING = "Nothing was executed: nothing has changed since it was graded (--again executes it all the same)."


@contextmanager
def shown() -> Iterator[Progress]:
    """Gives what `grade` calls after each student."""
    if sys.stdout.isatty():
        with _bar() as show:
            yield show
    else:
        yield _print


def _print(step: Step) -> None:
    if step.remark:
        print_line(step.remark)
    elif step.result is not None:
        print_line(f"[{step.number}/{step.count}] {line(step.student, step.result)}")
    elif not step.count:
        print_line(NOTHING)


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    rate = TextColumn("{task.fields[rate]}")
    found = TextColumn("{task.fields[found]}")
    with Bar(MofNCompleteColumn(), BarColumn(), rate, TimeRemainingColumn(), found) as bar:
        task = bar.add_task("", total=None, rate="", found="")
        counts: Counter[str] = Counter()

        def show(step: Step) -> None:
            if step.remark:
                bar.console.print(step.remark, markup=False, highlight=False)
                return
            if step.result is None:
                bar.update(task, total=step.count, visible=step.count > 0)
                if not step.count:
                    bar.console.print(NOTHING, markup=False, highlight=False)
                return
            kind = _kind(step.result)
            counts[kind] += 1
            if kind in ("not readable", "could not grade"):
                bar.console.print(line(step.student, step.result), markup=False, highlight=False)
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            told = ", ".join(f"{counts[name]} {name}" for name in sorted(counts))
            bar.update(task, completed=step.number, found=told, rate=f"{60 * speed:.0f}/min" if speed else "")

        yield show


def line(student: str, result: Result) -> str:
    """Returns what there is to say of one student in a line."""
    most = sum(check.max for check in result.checks.values())
    points = "" if result.total is None else f" {result.total:g} of {most:g} points"
    more = f" ({result.waiting:g} by hand)" if result.total is not None and result.waiting else ""
    count_of_notes = f" [{len(result.notes)} note{'s' if len(result.notes) > 1 else ''}]"
    notes = count_of_notes if result.notes and result.status == "graded" else ""
    why = f": {result.notes[-1]}" if result.notes and result.status != "graded" else ""
    return f"{student}: {result.status}{points}{more}{notes}{why}"


def _kind(result: Result) -> str:
    if result.status != "graded":
        return result.status
    wrong = any(check.points != check.max for check in result.checks.values() if check.points is not None)
    return "partial" if wrong else "passed"
