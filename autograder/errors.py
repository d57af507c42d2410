"""The one kind of error that the command line reports in one line."""


class GraderError(ValueError):
    """Something that the instructor can mend; the message says what was received and what to do."""
