"""The only nbgrader configuration, for our own calls and for stock `nbgrader` started in the course folder.

`configure` fills a configuration object; `write_course_config` puts a small `nbgrader_config.py` into the
course folder that calls it, so that `nbgrader autograde` and the formgrader grade exactly as
`python -m autograder grade` does.
"""

from pathlib import Path

import nbgrader
from traitlets.config import Config

from autograder.course import REPOSITORY, Course

CELL_SECONDS = 120
NOTEBOOK_SECONDS = 600

_LOADER = '''"""Written by `python -m autograder`: everything stands in autograder/nbgrader_config.py."""
import sys
from pathlib import Path
sys.path.insert(0, {repository!r})
from autograder.nbgrader_config import configure
configure(get_config(), Path(__file__).absolute().parent, {database!r})
'''


def configure(c: Config, root: str | Path, database: str | None) -> Config:
    """Fills `c` with the configuration of the course in `root`, and returns it.

    Args:
        c: The configuration object.
        root: The course folder.
        database: URL of the gradebook; `None` for the file in the course folder.
    """
    root = Path(root).absolute()
    database = database or Course(root).database
    c.CourseDirectory.root = str(root)
    c.CourseDirectory.db_url = database
    if not database.startswith("sqlite:"):
        # By default assignments belong to a course "", which is not there; SQLite alone does not mind.
        c.CourseDirectory.course_id = "default_course"
    # nbgrader's own list, with judging between execution and the saving of grades.
    c.Autograde.autograde_preprocessors = [
        "autograder.execute.ExecuteProbes",
        "nbgrader.preprocessors.LimitOutput",
        "autograder.judging.judge.Judge",
        "autograder.gradebook.save_grades.SaveJudgedGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.AssignLatePenalties.plugin_class = "autograder.late.plugin.LatePenalty"
    c.LatePenalty.course = str(root)
    # For the formgrader's pages, too.
    c.HTMLExporter.sanitize_html = True
    c.HTMLExporter.filters = {
        "clean_html": "autograder.feedback.harmless.clean",
        "markdown2html": "autograder.feedback.harmless.markdown2html",
    }
    c.GenerateFeedback.preprocessors = [
        "autograder.gradebook.save_grades.GetJudgedGrades",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
    c.GenerateFeedback.exporter_class = "autograder.feedback.exporter.FeedbackExporter"
    c.FeedbackExporter.template_name = "cvlabs_feedback"
    c.FeedbackExporter.template_file = "grades.html.j2"
    c.FeedbackExporter.extra_template_basedirs = [
        str(Path(__file__).parent / "feedback" / "templates"),
        str(Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"),
    ]
    c.ExecuteProbes.timeout = CELL_SECONDS
    c.ExecuteProbes.notebook_timeout = NOTEBOOK_SECONDS
    c.ExecuteProbes.course = str(root)
    c.Judge.course = str(root)
    return c


def write_course_config(course: Course) -> None:
    """Writes the course folder's `nbgrader_config.py`, for its owner only if the URL may hold a password.

    It names no folder of the course: nbgrader, started in a copy, would work on the course that was copied.
    """
    course.root.mkdir(parents=True, exist_ok=True)
    database = course.database if course.db_url is not None else None
    text = _LOADER.format(repository=str(REPOSITORY), database=database)
    path = course.root / "nbgrader_config.py"
    path.touch()
    path.chmod(0o644 if course.db_url is None else 0o600)
    path.write_text(text, encoding="utf-8")
