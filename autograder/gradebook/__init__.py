"""nbgrader's gradebook: connections, rows, marks, and what is recorded there."""
