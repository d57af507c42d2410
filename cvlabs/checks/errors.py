"""The error that a failed check raises."""

from cvlabs.checks.report import to_text
from cvlabs.checks.verdict import Verdict


class CheckFailed(AssertionError):
    """An answer failed its check. `verdict` holds what was found.

    In a notebook it shows as one line, since the report stands above it; elsewhere its text is the report.
    """

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(to_text(verdict))
        self.verdict = verdict

    def _render_traceback_(self) -> list[str]:
        """IPython shows this in place of a traceback, which would lead into the checks."""
        return [f"CheckFailed: {self.verdict.check} is not right yet. {self.verdict.hint}".strip()]
