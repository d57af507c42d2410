"""How often the checks judge the bank's answers as they should, over the cases of many students.

    python -m benchmarks.bank                       # every answer of the bank, cases of 5 students
    python -m benchmarks.bank --students 50 --check stem residual_block
    python -m benchmarks.bank --lab lab02 --first 100

The tests judge each answer on the cases of one seed. Which cases a student gets is drawn, though, and a wrong
answer may be right on some: here each answer is judged on those of many. A rejected right answer and an
accepted wrong one are mistakes. Another diagnosis is none: which aspect shows a mistake first may depend on
the cases. Whole networks take most of the time.
"""

import argparse
import collections
import contextlib
import io
import multiprocessing
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

COLUMNS = ("judged", "FALSE REJECT", "FALSE ACCEPT", "wrong diagnosis")


def main() -> None:
    """Judges, prints each mistake as it is found and a table at the end.

    Raises:
        SystemExit: A check has made a mistake.
    """
    from tests.checks.bank import CHECKS

    options = _parse()
    chosen = [
        (lab, check)
        for lab, check in CHECKS
        if lab.startswith(options.lab) and (not options.check or check in options.check)
    ]
    students = range(options.first, options.first + options.students)
    counts = {check: collections.Counter[str]() for check in chosen}
    spawn = multiprocessing.get_context("spawn")  # TensorFlow does not survive a fork
    tasks = [(*check, f"{n}.{n}") for n in students for check in chosen]
    with spawn.Pool(maxtasksperchild=10) as pool:  # since TensorFlow gathers memory
        for done, (judged, number, problems) in enumerate(pool.imap_unordered(_judge, tasks), 1):
            print(f"\r{done} of {len(tasks)}", end="\r", file=sys.stderr, flush=True)
            found = counts[judged]
            found["judged"] += number
            for problem in problems:
                kind = problem.partition(":")[0]
                found[kind] += 1
                if kind in COLUMNS[1:3]:
                    print(problem, flush=True)
    print(f"{'':44}" + "".join(f"{column:>17}" for column in COLUMNS))
    for (lab, check), found in counts.items():
        print(f"{lab + '/' + check:44}" + "".join(f"{found[column]:17,}" for column in COLUMNS))
    total = sum(counts.values(), collections.Counter())
    print(f"{'all':44}" + "".join(f"{total[column]:17,}" for column in COLUMNS))
    if total["FALSE REJECT"] or total["FALSE ACCEPT"]:
        raise SystemExit(1)


def _judge(task: tuple[str, str, str]) -> tuple[tuple[str, str], int, list[str]]:
    """Judges all answers to a check on the cases of a seed; returns the check, how many, what is wrong."""
    from tests.checks.bank import disagreement, judged, submissions

    lab, check, seed = task
    answers = submissions(lab, check)
    with contextlib.redirect_stdout(io.StringIO()):  # some print
        problems = [disagreement(answer, judged(answer, seed)) for answer in answers]
    return (lab, check), len(answers), [f"{problem} (seed {seed!r})" for problem in problems if problem]


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The bank's answers on the cases of many students.")
    parser.add_argument("--students", type=int, default=5, help="how many (default: 5)")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="number of the first student")
    parser.add_argument("--lab", default="", help="how the lab's name begins (default: all)")
    parser.add_argument("--check", nargs="+", default=[], help="names of checks (default: all)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
