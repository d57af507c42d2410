"""The bank of hostile code: what its files say of themselves, and notebooks made from them.

A file of `tests/submissions/hostile/<kind>/` begins with what it tries, and then, where it differs from the
default:

    # in: gap_head             the exercise whose answer it stands in, by default the first one; or
                               `before gap_head`, `after gap_head`: a cell of its own before the answer, or
                               after the check
    # answer: right            what stands above it in that cell, a `right` or a `wrong` answer
    # others: blank            the other exercises; they are right by default
    # lost: conv_params        checks without points; all others have full points
    # may lose: conv_macs      checks that may go either way: they depend on how fast the kernel dies
    # shows: time limit        what the student's page says
    # hides: was reached       what it must not say
    # needs: sandbox           it would do damage where nothing isolates it

`<course>`, `<home>`, … in the code stand for what a stranger would have to find out first; see `PLACES`.
"""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode, v4

from autograder.course import REPOSITORY
from autograder.labs.markers import CHECK_PREFIX
from tests.autograder.tiny_lab import REAL_LAB, cell_of, position

BANK = REPOSITORY / "tests" / "submissions" / "hostile"
PLACES = (
    "course", "home", "repository", "site_packages", "neighbour", "tcp_port", "udp_port", "unix_socket",
    "abstract_socket",
)  # fmt: skip
CHECKS = {"conv_params": 1.0, "conv_macs": 1.0, "gap_head": 2.0}
"""The exercises of the class, by the points of their checks."""

RIGHT = {
    "conv_params": """def conv_params(kernel_size, in_channels, filters):
    return (kernel_size**2 * in_channels + 1) * filters
""",
    "conv_macs": """def conv_macs(output_size, kernel_size, in_channels, filters):
    return output_size**2 * kernel_size**2 * in_channels * filters
""",
    "gap_head": """import keras


def gap_head(x, classes, dropout_rate=0.4):
    x = keras.layers.GlobalAveragePooling2D()(x)
    return keras.layers.Dense(classes)(keras.layers.Dropout(dropout_rate)(x))
""",
}
WRONG = {
    "conv_params": "def conv_params(kernel_size, in_channels, filters):\n    return 1\n",
    "conv_macs": "def conv_macs(output_size, kernel_size, in_channels, filters):\n    return 1\n",
    "gap_head": RIGHT["gap_head"].replace("keras.layers.Dropout(dropout_rate)(x)", "x"),
}
_FIELD = re.compile(r"# (in|answer|others|lost|may lose|shows|hides|needs): (.+)\n?")


@dataclass(frozen=True)
class Hostile:
    """One hostile piece of code, and what must come of it."""

    name: str
    code: str
    place: str = "conv_params"
    answer: str = ""
    others: str = "right"
    lost: tuple[str, ...] = ()
    may_lose: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    needs: str = ""

    @property
    def student(self) -> str:
        return self.name.replace("/", "-")


def bank() -> list[Hostile]:
    """Reads every file of the bank."""
    return [read(path) for path in sorted(BANK.glob("*/*.py"))]


def read(path: Path) -> Hostile:
    """Reads one file; raises ValueError if its head says something that means nothing."""
    code = path.read_text(encoding="utf-8")
    fields: dict[str, list[str]] = {}
    for line in re.match(r"(#.*\n)*", code)[0].splitlines():
        if found := _FIELD.fullmatch(line):
            fields.setdefault(found[1], []).append(found[2])
    texts = {name: fields.get(name, [default])[0] for name, default in _DEFAULTS.items()}
    lists = {name: tuple(" ".join(fields.get(name, ())).split()) for name in ("lost", "may lose")}
    # What is said at the head must not reach the page, where `shows` and `hides` would find it.
    bare = _FIELD.sub("", code).strip()
    sample = Hostile(
        f"{path.parent.name}/{path.stem}", bare, texts["in"], texts["answer"], texts["others"], lists["lost"],
        lists["may lose"], tuple(fields.get("shows", ())), tuple(fields.get("hides", ())), texts["needs"],
    )  # fmt: skip
    named = {sample.place.split()[-1], *sample.lost, *sample.may_lose}
    words = (sample.answer in ("", "right", "wrong"), sample.others in ("right", "blank"))
    tokens = set(re.findall(r"<(\w+)>", code)) <= {*PLACES, "b", "script"}
    if not named <= set(CHECKS) or not all(words) or sample.needs not in ("", "sandbox") or not tokens:
        raise ValueError(f"{path}: {sample}")
    return sample


_DEFAULTS = {"in": "conv_params", "answer": "", "others": "right", "needs": ""}


def source() -> str:
    """The class's lab: three exercises of lab 3, under its name."""
    cells = ["# %% [markdown]\n# # Three exercises\n"]
    cells.append(
        f'# %% locked="setup"\nfrom cvlabs.checks import lab\n\ncheck, summary = lab("{REAL_LAB}")\n'
    )
    for name, points in CHECKS.items():
        head, body = re.fullmatch(r"(.*?def [^\n]+\n)(.*)", RIGHT[name], re.DOTALL).groups()
        solution = f"    ### BEGIN SOLUTION\n{body}    ### END SOLUTION\n"
        cells.append(f'# %% solution="{name}"\n{head}{solution}')
        cells.append(f'# %% grade="{name}" points={points:g}\ncheck("{name}", {name})\n')
    return "\n".join(cells)


def solved(release: NotebookNode, answers: Mapping[str, str] = RIGHT) -> NotebookNode:
    """Returns the release with answers in it, right ones by default."""
    notebook = copy.deepcopy(release)
    for name, text in answers.items():
        cell_of(notebook, name).source = text
    return notebook


def notebook(release: NotebookNode, sample: Hostile, places: Mapping[str, object]) -> NotebookNode:
    """Returns what a hostile student hands in."""
    code = re.sub(rf"<({'|'.join(PLACES)})>", lambda found: str(places[found[1]]), sample.code)
    done = solved(release, RIGHT if sample.others == "right" else {})
    side, _, name = sample.place.rpartition(" ")
    if side:
        behind = position(done, CHECK_PREFIX + name) + 1
        done.cells.insert(behind if side == "after" else position(done, name), v4.new_code_cell(code))
        return done
    above = {"": "", "right": RIGHT[name], "wrong": WRONG[name]}[sample.answer]
    cell_of(done, name).source = f"{above}\n\n{code}".strip()
    return done
