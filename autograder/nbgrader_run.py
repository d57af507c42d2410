"""Runs one nbgrader converter in this process, with its messages in the course's log file."""

import logging
import os
import re
import traceback
import warnings
from typing import Any

from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.course import Course, put_environment_on_path
from autograder.errors import GraderError
from autograder.nbgrader_config import configure


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
        GraderError: nbgrader failed; the message is the last line of what it logged.
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
            raise GraderError(f"{type(error).__name__}: {error}") from error


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
            last = next(line for line in reversed(message.splitlines()) if line.strip())
            self.reason = re.sub(r"^[\w.]*\.", "", last, count=1)[:500]
        return True
