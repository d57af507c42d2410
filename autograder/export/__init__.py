"""The grades of a class as a file: plain CSV, or what Canvas and Moodle import."""

from autograder.export.canvas import canvas
from autograder.export.class_marks import current_results
from autograder.export.file import Export
from autograder.export.moodle import moodle
from autograder.export.plain import plain

__all__ = ["FORMATS", "Export", "canvas", "current_results", "moodle", "plain"]

FORMATS = {"csv": plain, "canvas": canvas, "moodle": moodle}
