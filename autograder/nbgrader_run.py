"""Runs one nbgrader converter in this process, with its messages in the course's log file."""

import logging
import os
import re
import traceback
import warnings
from itertools import takewhile
from typing import Any

from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.course import Course, put_environment_on_path
from autograder.errors import GraderError
from autograder.nbgrader_config import configure

_SQLALCHEMY_ADDS = ("[SQL: ", "[parameters: ", "(Background on this error at: ")


def run_converter(
    converter: type[BaseConverter], course: Course, lab: str, student: str | None = None, **options: Any
) -> None:
    """Runs a converter on one lab, and for one student if given, replacing what an earlier run left.

    Args:
        converter: `GenerateAssignment`, `Autograde` or `GenerateFeedback`.
        course: The course.
        lab: The lab, which is nbgrader's assignment.
        student: The student's name, without the characters of patterns.
        **options: Further traits of the converter.

    Raises:
        GraderError: nbgrader failed; the message is the exception that it logged, in one line.
    """
    put_environment_on_path()
    config = configure(Config(), course.root, course.database)
    config.CourseDirectory.assignment_id = lab
    if student is not None:
        config.CourseDirectory.student_id = student
    log = _Log(course)
    with log, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of nbgrader and nbconvert; labs run in processes of their own
        try:
            run = converter(coursedir=CourseDirectory(config=config), config=config, force=True, **options)
            here = os.getcwd()  # noqa: PTH109  a working folder that was removed would make Path.cwd() raise, too
            try:
                run.start()
            finally:
                os.chdir(here)
        except NbGraderException as error:
            raise GraderError(log.reason or str(error)) from error
        except Exception as error:
            logging.getLogger("traitlets").error(traceback.format_exc())
            raise GraderError(_one_line(f"{type(error).__name__}: {error}")) from error


class _Log:
    """Sends nbgrader's messages to the log file, and remembers the exception that it swallowed."""

    def __init__(self, course: Course) -> None:
        course.root.mkdir(parents=True, exist_ok=True)
        self.file = logging.FileHandler(course.log, encoding="utf-8")
        self.file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        self.reason = ""
        self._loggers = [logging.getLogger(name) for name in ("traitlets", "alembic", "nbconvert")]

    def __enter__(self) -> None:
        self._before = [(log.level, log.propagate) for log in self._loggers]
        for log in self._loggers:
            log.addHandler(self.file)
            log.addFilter(self._notice)
            log.setLevel(logging.INFO)
            log.propagate = False

    def __exit__(self, *_: object) -> None:
        for log, (level, propagate) in zip(self._loggers, self._before, strict=True):
            log.removeHandler(self.file)
            log.removeFilter(self._notice)
            log.setLevel(level)
            log.propagate = propagate
        self.file.close()

    def _notice(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if message.startswith("Traceback (most recent call last)"):
            self.reason = _last_exception(message)
        return True


def _last_exception(traceback_text: str) -> str:
    """Returns what was raised last: the text after the last traceback's frames, which are indented."""
    lines = traceback_text.rpartition("Traceback (most recent call last)")[2].splitlines()[1:]
    start = next((i for i, line in enumerate(lines) if line[:1].strip()), len(lines))
    return re.sub(r"^[\w.]*\.", "", _one_line("\n".join(lines[start:])), count=1)


def _one_line(text: str) -> str:
    """Returns an exception's words in one line, without what SQLAlchemy says below those of the database."""
    lines = takewhile(lambda line: not line.startswith(_SQLALCHEMY_ADDS), text.splitlines())
    return " ".join(" ".join(lines).split())[:500]
