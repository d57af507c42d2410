"""The demo: a small class of sample submissions, graded for real, in a course of its own."""

import shutil
import tempfile
import time
from pathlib import Path

from autograder.course import REPOSITORY, Course
from autograder.feedback import write_feedback
from autograder.grade import grade
from autograder.report import print_line, print_table
from autograder.samples import CHEATS, DAMAGED, HONEST, read_lab, write

LAB = "lab03_googlenet"
COURSE = REPOSITORY / "autograder" / "course" / "demo"
CLASS = (
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
    """Builds the lab, grades the class, prints its grades, and says where the feedback pages are.

    The demo's course is made anew each time; other courses and `labs/` are not touched.
    """
    start = time.monotonic()
    shutil.rmtree(COURSE, ignore_errors=True)
    course = Course(COURSE)
    print_line(f"Building {LAB} from solutions/ …")
    lab = read_lab(course, LAB)
    with tempfile.TemporaryDirectory(prefix="cvlabs-demo-") as name:
        folder = Path(name)
        samples = HONEST | DAMAGED | CHEATS
        write({student: samples[student] for student in CLASS}, lab, folder)
        print_line(f"Grading {len(CLASS)} submissions, each in a kernel of its own …")
        results = grade(course, LAB, folder, progress=print_line)
    print_line("")
    print_table(LAB, results)
    pages = write_feedback(course, LAB)
    print_line("")
    print_line(f"{len(pages)} feedback pages, for example {pages[0]}")
    for student in ("wrong_ideas", "truncated_file"):
        print_line(f"  {course.root / 'feedback' / student / LAB / f'{LAB}.html'}")
    print_line(f"The course, as nbgrader and its formgrader see it: {course.root}")
    print_line(f"This took {time.monotonic() - start:.0f} seconds.")
