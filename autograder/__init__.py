"""The instructor's machinery: builds the labs, grades submissions, writes feedback and grade files.

Run it as `python -m autograder`; it is not part of the cvlabs wheel.
"""
