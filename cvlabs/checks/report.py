"""Verdicts for people: HTML for notebooks and feedback pages, text for terminals."""

import re
from html import escape

from cvlabs.checks.verdict import Aspect, Verdict

_MARKS = {"passed": "✓", "failed": "✗", "skipped": "·"}
_COLOURS = {"passed": "#1a7f37", "failed": "#c62828", "unjudged": "#9a6700", "skipped": "#6e7781"}
_HEADLINES = {"passed": "right", "failed": "not right yet", "unjudged": "could not be judged"}


def to_text(verdict: Verdict, points: float | None = None, max_points: float | None = None) -> str:
    """Returns the report as plain text, one line per aspect."""
    mark = {"passed": "✓", "failed": "✗", "unjudged": "?"}[verdict.outcome]
    lines = [f"{mark} {verdict.check}: {_HEADLINES[verdict.outcome]}{_score(points, max_points)}"]
    lines += [f"  {_MARKS[a.state]} {a.title}{': ' + a.detail if a.detail else ''}" for a in verdict.aspects]
    if verdict.hint:
        lines.append(f"  {'Hint' if verdict.outcome == 'failed' else 'Reason'}: {verdict.hint}")
    return "\n".join(lines)


def to_html(verdict: Verdict, points: float | None = None, max_points: float | None = None) -> str:
    """Returns the report as one HTML element that needs no style sheet and no script."""
    colour = _COLOURS[verdict.outcome]
    rows = "".join(_row(aspect) for aspect in verdict.aspects)
    word = "Hint" if verdict.outcome == "failed" else "Reason"
    text = re.sub("`([^`]+)`", r"<code>\1</code>", escape(verdict.hint))
    hint = f'<div style="margin-top:6px"><b>{word}.</b> {text}</div>' if text else ""
    return (
        f'<div class="cvlabs-report" style="border-left:4px solid {colour};padding:6px 12px;margin:4px 0;'
        f'font-family:sans-serif;line-height:1.45">'
        f'<div><b style="color:{colour}">{escape(verdict.check)}: {_HEADLINES[verdict.outcome]}</b>'
        f"{escape(_score(points, max_points))}</div>{rows}{hint}</div>"
    )


def _row(aspect: Aspect) -> str:
    # Messages of errors have several lines.
    detail = f': <span style="white-space:pre-wrap">{escape(aspect.detail)}</span>' if aspect.detail else ""
    return (
        f'<div><span style="color:{_COLOURS[aspect.state]};display:inline-block;width:1.3em">'
        f"{_MARKS[aspect.state]}</span>{escape(aspect.title)}{detail}</div>"
    )


def _score(points: float | None, max_points: float | None) -> str:
    if max_points is None:
        return ""
    return f" ({'–' if points is None else f'{points:g}'} of {max_points:g} points)"


Row = tuple[str, str, Verdict | None, int]
"""A check's name, what it is about, its verdict if it ran, and its points."""


def summary_text(rows: list[Row]) -> str:
    """Returns the points so far as a plain table."""
    lines = [
        f"{_mark(verdict)} {name:22}{_got(verdict, points):>7}  {what}"
        for name, what, verdict, points in rows
    ]
    return "\n".join([*lines, _total(rows)])


def summary_html(rows: list[Row]) -> str:
    """Returns the points so far as an HTML table."""
    cells = "".join(
        f'<tr><td style="color:{_COLOURS[verdict.outcome if verdict else "skipped"]}">{_mark(verdict)}</td>'
        f'<td style="text-align:left"><code>{escape(name)}</code></td>'
        f'<td style="text-align:left">{escape(what)}</td><td>{_got(verdict, points)}</td></tr>'
        for name, what, verdict, points in rows
    )
    return f'<table class="cvlabs-summary">{cells}</table><b>{_total(rows)}</b>'


def _mark(verdict: Verdict | None) -> str:
    return "·" if verdict is None else {"passed": "✓", "failed": "✗", "unjudged": "?"}[verdict.outcome]


def _got(verdict: Verdict | None, points: int) -> str:
    return f"{points if verdict and verdict.passed else 0} / {points}"


def _total(rows: list[Row]) -> str:
    reached = sum(points for *_, verdict, points in rows if verdict and verdict.passed)
    waiting = sum(verdict is None for *_, verdict, _ in rows)
    rest = f"; {waiting} checks have not run in this kernel" if waiting else ""
    return f"{reached} of {sum(row[3] for row in rows)} points that are checked automatically{rest}."
