"""Takes out of what a student wrote, or put out, whatever a browser would run or fetch.

Instructors look at submissions in the formgrader, where a page may do in Jupyter what its user may. Outputs
are made harmless before they are stored, Markdown when it is rendered: an answer stays as it was written.
"""

import base64
import binascii
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import bleach
from bleach.css_sanitizer import ALLOWED_CSS_PROPERTIES, CSSSanitizer
from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

_PLAIN = {"text/plain", "text/latex", "image/svg+xml"}  # pages escape them, or show them as a picture
_PICTURES = {"image/png", "image/jpeg"}
_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "center", "code", "col", "colgroup", "dd", "del"),
    *("details", "div", "dl", "dt", "em", "figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5"),
    *("h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small"),
    *("span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead"),
    *("tr", "tt", "u", "ul", "var"),
}
_ATTRIBUTES = {
    *("align", "alt", "border", "color", "colspan", "dir", "height", "lang", "open", "rowspan", "scope"),
    *("span", "start", "style", "title", "valign", "width"),
}
_CLASS = re.compile(r"anchor-link|cvlabs-\w+|dataframe|highlight|hl-\w+|[a-z]{1,3}")  # of tables and code
_MOST = 50_000  # letters, which take three seconds at worst
_LINKS = ("http", "https", "mailto", "")
_PICTURE = re.compile(  # embedded, or a figure that was released with the lab
    r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*|(\w[\w-]*/)*\w[\w-]*\.(png|svg)"
)
_HIDDEN = re.compile(r"<(script|style)\b.*?(</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
# Not `position` or `margin`, by which an output could cover the page around it.
_STYLES = (ALLOWED_CSS_PROPERTIES | {"display", "padding", "border", "border-left"}) - {"cursor"}


@dataclass
class Allowance:
    """How much HTML is cleaned for one notebook: hostile text takes time by the square of its length.

    Args:
        letters: What is left.
        at_once: For one output, at most.
    """

    letters: int = 200_000
    at_once: int = 20_000

    def take(self, text: str) -> bool:
        """Whether a text is within it, which is then less."""
        fits = len(text) <= min(self.letters, self.at_once)
        self.letters -= len(text) if fits else 0
        return fits


def make_outputs_harmless(cell: NotebookNode, allowance: Allowance) -> None:
    """Leaves in the outputs of a code cell text, pictures, and of HTML what only shows something.

    Names by which the formgrader's own page finds its elements are none of that. HTML beyond the allowance is
    left out.
    """
    cell.execution_count = cell.execution_count if isinstance(cell.execution_count, int) else None
    for output in cell.outputs:
        if output.output_type == "stream":
            output.name = output.name if output.name in ("stdout", "stderr") else "stdout"
        elif output.output_type in ("display_data", "execute_result"):
            output.data = NotebookNode(_harmless(output.data, allowance))
            output.metadata = NotebookNode()  # a picture's width goes into the page as it is
            if output.output_type == "execute_result":
                output.execution_count = cell.execution_count


def clean(text: str) -> str:
    """Returns HTML without what a browser would run, fetch, or show elsewhere than in its place.

    What is too long to be cleaned is shown as it is written.
    """
    if len(text) > _MOST:
        return f"<pre>{html.escape(text)}</pre>"
    styles = CSSSanitizer(allowed_css_properties=_STYLES)
    return str(
        bleach.clean(
            _HIDDEN.sub("", text),
            tags=_TAGS,
            attributes=_may_have,
            protocols=["http", "https", "mailto", "data"],
            css_sanitizer=styles,
            strip=True,
        )
    )


@pass_context
def markdown2html(context: Any, source: str) -> str:
    """Renders Markdown as nbconvert does, and cleans what comes of it; a filter of its templates."""
    return clean(_exporter().markdown2html(context, source))


@cache
def _exporter() -> HTMLExporter:
    return HTMLExporter()


def _harmless(data: Mapping[str, Any], allowance: Allowance) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for kind, content in data.items():
        text = content if isinstance(content, str) else ""
        if kind in _PLAIN or (kind in _PICTURES and _is_base64(text)):
            kept[kind] = text
        elif kind == "text/html" and allowance.take(text):
            kept[kind] = clean(text)
    return kept or {"text/plain": f"[left out: {', '.join(sorted(map(str, data)))[:200]}]"}


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _may_have(tag: str, name: str, value: str) -> bool:
    if name == "href":
        return tag == "a" and _is_link(value)
    if name == "src":
        return tag == "img" and bool(_PICTURE.fullmatch(value))
    if name == "class":
        return all(_CLASS.fullmatch(word) for word in value.split())
    return name in _ATTRIBUTES


def _is_link(value: str) -> bool:
    try:
        return urlsplit(value).scheme.lower() in _LINKS
    except ValueError:
        return False
