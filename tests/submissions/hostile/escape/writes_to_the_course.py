# Writes into the course folder: a better grade, another source, another configuration.
# answer: wrong
# lost: conv_params
# needs: sandbox
import pathlib
import sqlite3

course = pathlib.Path("<course>")
for name in ("secret", "nbgrader_config.py", "results/lab03_googlenet.json", "grader.log", "new"):
    try:
        (course / name).write_text("{}")
    except OSError:
        pass
for path in course.rglob("*"):
    try:
        path.unlink()
    except OSError:
        pass
