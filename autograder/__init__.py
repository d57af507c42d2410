"""The instructor's machinery: builds the labs, grades submissions, writes feedback and grade files.

Run it as `python -m autograder`; it is not part of the cvlabs wheel.

    cli.py, commands.py   what is typed                      course.py    where everything lies on disk
    labs/                 from a lab's source to the students
    submissions/          finds and reads what they handed in
    grade.py              plan, execute and judge, record: the run of a class; journal.py: its memory
    crew.py, work.py      who works, and what is done with one submission
    execute.py, kernels/  runs a notebook isolated, within limits
    judging/              evidence -> verdicts                rejudge.py, appeal.py: once more
    gradebook/            nbgrader's gradebook                late/        penalties in it
    feedback/  report/  export/                              what students, instructors and an LMS get
"""

import sys

# jsonschema, which nbformat loads, compiles 38 grammars for a check of international web addresses that no
# notebook needs: 1.6 s in each process. Without this package it leaves the check out.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
