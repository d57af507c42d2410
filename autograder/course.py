"""Where everything of a course lies on disk."""

import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import GraderError

REPOSITORY = Path(__file__).resolve().parent.parent
_POSTGRES = re.compile(r"^postgres(ql)?://")  # without a driver's name SQLAlchemy would take an old one


@dataclass(frozen=True)
class Course:
    """The folders of a course.

    Args:
        root: nbgrader's course folder: source, release, submitted, autograded, feedback, `gradebook.db`.
        solutions: The sources of the labs, one folder per lab.
        labs: The generated labs that students open.
        db_url: URL of a gradebook elsewhere, `postgresql://…`; by default it is a file in the course folder.
    """

    root: Path = field(default=REPOSITORY / "autograder" / "course")
    solutions: Path = field(default=REPOSITORY / "solutions")
    labs: Path = field(default=REPOSITORY / "labs")
    db_url: str | None = None

    @property
    def log(self) -> Path:
        """nbgrader's own messages; the terminal shows only ours."""
        return self.root / "grader.log"

    @property
    def database(self) -> str:
        """URL of nbgrader's gradebook, as SQLAlchemy takes it."""
        if self.db_url is None:
            return f"sqlite:///{(self.root / 'gradebook.db').absolute()}"
        return _POSTGRES.sub("postgresql+psycopg://", self.db_url)

    @property
    def journal(self) -> Path:
        """What is to be graded, is being graded, and came of it; see `autograder.journal`."""
        return self.root / "journal.db"

    def notebook(self, step: str, lab: str, student: str = ".") -> Path:
        """A lab's notebook in one of nbgrader's folders: `release`, or a student's `submitted`, …"""
        return self.root / step / student / lab / f"{lab}.ipynb"

    def lab_names(self) -> list[str]:
        """Returns the names of all labs that have a source."""
        found = (p.name for p in self.solutions.glob("*/") if (p / f"{p.name}.py").is_file())
        return sorted(found)

    def find_lab(self, prefix: str) -> str:
        """Returns the lab whose name starts with `prefix`.

        Raises:
            GraderError: No lab, or more than one, does.
        """
        names = self.lab_names()
        if prefix in names:
            return prefix
        found = [name for name in names if name.startswith(prefix)]
        if len(found) == 1:
            return found[0]
        if found:
            raise GraderError(f"{prefix!r} fits several labs: {', '.join(found)}. Write more of the name.")
        raise GraderError(
            f"there is no lab {prefix!r} in {self.solutions}; there are: {', '.join(names) or 'none'}"
        )


def not_graded(course: Course, lab: str) -> GraderError:
    """Returns the error that there is nothing to show of a lab; most often another folder was meant."""
    return GraderError(
        f"nobody was graded in {lab} yet; run: python -m autograder grade {lab} --from FOLDER"
        f" (the course folder is {course.root}; --course names another one)"
    )


def make_folder(log: Path) -> None:
    """Makes a course folder if there is none, with its log.

    Raises:
        GraderError: There cannot be one, or nothing can be written there.
    """
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.open("ab").close()
    except OSError as error:
        raise GraderError(
            f"{log.parent} cannot be used as course folder ({error.strerror}: {error.filename}); expected a"
            " folder that can be written: mend that, or name another --course"
        ) from error


def put_environment_on_path() -> None:
    """Puts this environment's programs first on PATH: nbgrader calls `alembic` by its bare name."""
    programs = str(Path(sys.executable).parent)
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    if folders[0] != programs:
        os.environ["PATH"] = os.pathsep.join([programs, *folders])
