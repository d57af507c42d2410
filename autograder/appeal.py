"""What a student had in one check: the cases, drawn again from the same seed, and the verdict in full.

For the instructor's eyes: it shows what was expected. It judges the stored evidence and runs no code of the
student's.
"""

from typing import Any

from autograder.course import Course
from autograder.errors import GraderError
from autograder.journal import Journal
from autograder.judging.client import judge_client
from autograder.judging.seeds import course_secret, seed
from autograder.similar_names import or_meant
from autograder.table import some
from autograder.versions import lab_version


def appeal(course: Course, lab: str, student: str, check: str) -> str:
    """Returns the cases and the verdict as text.

    Args:
        course: The course.
        lab: Name of the lab.
        student: The student.
        check: The check.

    Raises:
        GraderError: There is no such student, check or verdict on record, or the judge fails.
    """
    with Journal(course.journal) as journal:
        outcome = journal.outcome(lab, student)
        results = journal.results(lab)
    if outcome is None:
        there = some(sorted(results)) or "none"
        raise GraderError(f"{or_meant(student, results)} is not on record in {lab}; there are: {there}")
    if check not in outcome.evidence:
        checks = ", ".join(outcome.evidence) or f"none: {' '.join(outcome.notes)}"
        raise GraderError(f"{student} has no check {check!r} on record in {lab}; there are: {checks}")
    result = results.get(student)
    if result is None or check not in result.checks:
        known = f"{result.status}: {' '.join(result.notes)}" if result else "not recorded yet: run grade"
        raise GraderError(
            f"there is no verdict on {check!r} of {student}'s last submission to {lab}, which is {known}"
        )
    left: Any = outcome.evidence[check]
    given = seed(course_secret(course.root), student, lab, check)
    answer = judge_client(course.log).ask(
        lab=lab, name=check, seed=given, points=result.checks[check].max, reveal=True, **left
    )
    if "cases" not in answer:
        raise GraderError(f"the judge could not say: {answer.get('hint', '')}")
    run = outcome.run
    lines = [f"{student}, {lab}, {check}", f"seed {given}"]
    if run is not None:
        lines.append(f"executed {run.finished}, isolation: {run.isolation}, {run.kernel} kernel")
        if run.lab != lab_version(course.notebook("release", lab).parent):
            lines.append(
                "the lab has changed since: these may be other cases than those it was executed with"
            )
    cases = [f"  case {number}: {case}" for number, case in enumerate(answer["cases"], 1)]
    return "\n".join([*lines, *cases, "", answer["text"]])
