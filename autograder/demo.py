"""The demo: small classes of sample submissions, one per lab, graded for real, in a course of its own."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from autograder.course import REPOSITORY, Course
from autograder.crew import local_crew
from autograder.feedback.pages import write_feedback
from autograder.grade import grade
from autograder.labs.sample_kinds import all_kinds
from autograder.labs.samples import labs_with_samples, read_lab, write
from autograder.progress import shown
from autograder.results import Results
from autograder.table import print_line, print_table

COURSE = REPOSITORY / "autograder" / "course" / "demo"
HONEST = ("all_right", "other_idioms", "wrong_ideas", "blank")
EVERYTHING = (
    "all_right",
    "other_idioms",
    "half_done",
    "wrong_ideas",
    "blank",
    "duplicated_check",
    "deleted_check",
    "wrong_file_name",
    "truncated_file",
    "no_notebook",
    "cheat_redefines_check",
    "cheat_prints_forged_evidence",
)


def demo() -> None:
    """Builds the labs, grades a class of each, prints the grades, and says where the feedback pages are.

    A lab that has damaged samples gets a class of everything that happens, the others an honest one. The
    demo's course is made anew each time; other courses and `labs/` are not touched.
    """
    start = time.monotonic()
    shutil.rmtree(COURSE, ignore_errors=True)
    course = Course(COURSE)
    labs = labs_with_samples()
    graded = {lab: _grade(course, lab) for lab in labs}
    for lab in labs:
        print_line("")
        print_table(lab, graded[lab])
        pages = write_feedback(course, lab)
        print_line("")
        print_line(f"{len(pages)} feedback pages, for example:")
        for page in pages:
            if page.parts[-3] in ("all_right", "wrong_ideas", "truncated_file"):
                print_line(f"  {page}")
    print_line("")
    print_line(f"The course, as nbgrader and its formgrader see it: {course.root}")
    print_line(f"This took {time.monotonic() - start:.0f} seconds.")


def _grade(course: Course, name: str) -> Results:
    print_line(f"Building {name} from solutions/ …")
    lab = read_lab(course, name)
    samples = all_kinds(lab)
    students = EVERYTHING if lab.ingredients.damaged else HONEST
    with tempfile.TemporaryDirectory(prefix="cvlabs-demo-") as folder:
        write({student: samples[student] for student in students}, lab, Path(folder))
        print_line(f"Grading {len(students)} submissions, each in an isolated kernel of its own …")
        with shown() as progress:
            return grade(
                course, name, Path(folder), progress, crew=local_crew(os.cpu_count() or 1, course.log)
            )
