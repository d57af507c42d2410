"""What stays of a program when everything is taken away that its author could have chosen otherwise.

Code is cut into tokens by one regular expression, which reads broken code as well as sound code. Taken away
are comments, docstrings, layout, brackets that only group, the contents of texts, imports, and the parameters
of functions, which an exercise dictates. Names that the author chose are marked. What stays is what the
library and the idea dictate: keywords, operators, numbers, and the names of what is built in or imported,
attributes and keyword arguments included, but not the path to them, so that `keras.layers.ReLU` is
`layers.ReLU`.
"""

import ast
import builtins
import keyword
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

OWN = "$"
"""Mark in front of a name that the author chose; no other token starts so, but for a stray `$`."""
MAX_CHARACTERS = 50_000
"""No more of an answer is read; exercises ask for fifteen lines."""

_TOKEN = re.compile(
    r"""
    (?P<blank> \#[^\n]* | \\\r?\n | [^\S\n]+ )
  | (?P<end> \n | ; )
  | (?P<text> (?i:[rbfu]{0,2}) (?: \"{3}(?:\\.|[^\\])*?\"{3} | '{3}(?:\\.|[^\\])*?'{3}
                                 | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' ) )
  | (?P<number> \.?\d[\w.]*(?:(?<=[eE])[+-]\d+)? )
  | (?P<name> \w+ )
  | (?P<operator> \*\*=? | //=? | >>=? | <<=? | -> | := | [-+*/%@&|^=!<>]= | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_IMPORT = re.compile(r"^[ \t]*((?:from\b[^\n]*)?\bimport\b[^\n(]*(?:\([^()]*\))?)", re.MULTILINE)
_TEXT, _KEYWORD = '""', f"{OWN}="
_BUILTINS = frozenset(name for name in dir(builtins) if name[0] != "_")
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")

Names = Mapping[str, str]
"""name here -> name in the module that it was imported from"""


def code_tokens(source: str, imported: Names) -> list[str]:
    """Returns what is left of code.

    Args:
        source: Code, sound or not.
        imported: Names that are imported elsewhere, as by the notebook's other cells.
    """
    lines = list(_lines(source))
    bound = {name for line in lines for name in _bound(line)}
    known = {name: name for name in _BUILTINS} | {**imported, **_imported(lines)}
    foreign = {name: path for name, path in known.items() if name not in bound}
    tokens: list[str] = []
    for line in lines:
        if line[0] not in ("import", "from"):
            kept = list(_without_groups(list(_without_parameters(line))))
            tokens += _with_keywords(list(_marked(kept, foreign, bound)))
    return tokens


def imported_names(source: str) -> dict[str, str]:
    """Returns the names that code imports, and what they are called where they come from."""
    return _imported(_lines("\n".join(_IMPORT.findall(source))))


def _lines(source: str) -> Iterator[list[str]]:
    """Yields the logical lines of code, without comments, docstrings, and commas before a closing bracket."""
    line: list[str] = []
    depth = 0
    for match in _TOKEN.finditer(source[:MAX_CHARACTERS] + "\n"):
        kind, token = match.lastgroup, match.group()
        if kind == "end":
            if depth == 0 and line:
                if any(token != _TEXT for token in line):
                    yield line
                line = []
        elif kind != "blank":
            if token in _CLOSE:
                depth = max(0, depth - 1)
                if line and line[-1] == ",":
                    line.pop()
            depth += token in _OPEN
            line.append(_TEXT if kind == "text" else _number(token) if kind == "number" else token)
    if line:
        yield line  # a bracket was never closed


def _number(token: str) -> str:
    """Returns a number as Python writes it: `1e-5`, `1E-05` and `0.00001` are one."""
    try:
        return repr(ast.literal_eval(token))
    except (ValueError, SyntaxError):  # such as 007, in broken code
        return token.lower()


def _is_name(token: str) -> bool:
    return (token[:1].isalpha() or token[:1] == "_") and not keyword.iskeyword(token)


def _imported(lines: Iterable[list[str]]) -> dict[str, str]:
    names = {}
    for line in lines:
        if line[0] not in ("import", "from") or "import" not in line:
            continue
        parts = [token for token in line[line.index("import") + 1 :] if token not in "()"]
        for part in " ".join(parts).split(" , "):
            path, _, alias = part.partition(" as ")
            name = path.split(" . ")[0 if line[0] == "import" and not alias else -1]
            names[alias or name] = name
    return names


def _bound(line: Sequence[str]) -> Iterator[str]:
    """Yields what a line gives a meaning to: parameters, loop variables, assigned names and `.attributes`."""
    place, depth = "", 0
    assigned = _end_of_targets(line)
    for i, token in enumerate(line):
        before, after = line[i - 1] if i else "", line[i + 1] if i + 1 < len(line) else ""
        depth += (token in _OPEN) - (token in _CLOSE)
        if token in ("def", "lambda", "for"):
            place, depth = token, 0
        elif depth == 0 and token == ("in" if place == "for" else ":"):
            place = ""
        elif not _is_name(token):
            continue
        elif (place == "for" and before != ".") or (place and before in ("(", ",", "*", "**", "lambda")):
            yield token
        elif i < assigned and depth == 0 and after in ("=", ",", ":"):
            yield f".{token}" if before == "." else token


def _end_of_targets(line: Sequence[str]) -> int:
    """Returns the position of the last `=` that assigns."""
    depth, end = 0, 0
    for i, token in enumerate(line):
        depth += (token in _OPEN) - (token in _CLOSE)
        if token == "lambda":
            break
        if token == "=" and depth == 0:
            end = i
    return end


def _without_parameters(line: Sequence[str]) -> Iterator[str]:
    """Yields a line in which `def` and `lambda` stand for themselves and all up to their colon."""
    depth, skipped = 0, False
    for token in line:
        if not skipped:
            yield token
            depth, skipped = 0, token in ("def", "lambda")
        else:
            depth += (token in _OPEN) - (token in _CLOSE)
            skipped = token != ":" or depth > 0


def _without_groups(line: Sequence[str]) -> Iterator[str]:
    """Yields a line without round brackets that are no calls."""
    kept_open: list[bool] = []
    for before, token, after in zip(["", *line], line, [*line[1:], ""], strict=False):
        kept = True
        if token in _OPEN:
            kept = token != "(" or after == ")" or before in _CLOSE or _is_name(before)
            kept_open.append(kept)
        elif token in _CLOSE and kept_open:
            kept = kept_open.pop()
        if kept:
            yield token


def _marked(line: Sequence[str], foreign: Names, bound: set[str]) -> Iterator[str]:
    """Yields a line with marks on the author's own names, and `keras.layers.ReLU` shortened to `ReLU`."""
    positions = iter(range(len(line)))
    for i in positions:
        token, before = line[i], line[i - 1] if i else ""
        if not _is_name(token):
            yield token
        elif before == ".":
            yield f"{OWN}.{token}" if f".{token}" in bound else token
        elif token in foreign:
            last = i
            while line[last + 1 : last + 2] == ["."] and last + 2 < len(line):
                next(positions)
                last = next(positions)
            yield foreign[token] if last == i else line[last]
        else:
            yield OWN + token


def _with_keywords(line: Sequence[str]) -> Iterator[str]:
    """Yields a line with the keyword arguments of foreign functions as they are, and of own ones as one word.

    Those of own functions can be renamed, but are not always where a variable of the same name is.
    """
    callees: list[str] = []
    for before, token, after in zip(["", *line], line, [*line[1:], ""], strict=False):
        if token in _OPEN:
            callees.append(before if token == "(" else "")
        elif token in _CLOSE and callees:
            callees.pop()
        if after == "=" and before in ("(", ",") and callees and callees[-1]:
            yield _KEYWORD if callees[-1].startswith(OWN) else token.removeprefix(OWN)
        else:
            yield token
