"""nbconvert's HTML exporter under its own name, so that its settings do not reach the formgrader's pages."""

from nbconvert.exporters import HTMLExporter


class FeedbackExporter(HTMLExporter):
    """Writes the feedback pages; configured in `nbgrader_config`."""
