"""The folders of one kernel on this machine, all below one temporary folder that goes with the kernel.

An isolated kernel sees `run` and `view` under other names (see `mounts`) and works in memory. One that is
not isolated works below `root` itself.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.kernels import mounts, warm
from autograder.kernels.init import PASSED_ON
from autograder.kernels.view import make_kernel_view
from cvlabs.grading import CASES


@dataclass(frozen=True)
class KernelHome:
    """Folders of one kernel.

    Args:
        root: The temporary folder.
        files: The folder whose files, except notebooks, the kernel finds where it starts; `None` for none.
    """

    root: Path
    files: Path | None = None

    @property
    def run(self) -> Path:
        """The folder of the connection files and of the unix sockets."""
        return self.root / "run"

    @property
    def connection_file(self) -> Path:
        """Where the kernel's client finds its sockets."""
        return self.run / "client.json"

    @property
    def sockets(self) -> str:
        """The path that the names of the sockets begin with."""
        return str(self.run / "k")

    @property
    def view(self) -> Path:
        """What of cvlabs the kernel may import."""
        return self.root / "view"

    @property
    def scratch(self) -> Path:
        """Where a kernel starts that is not isolated."""
        return self.root / "work"

    @property
    def own(self) -> Path:
        """The home directory of a kernel that is not isolated; what is copied to that of a wrapped one."""
        return self.root / "home"

    @property
    def log(self) -> Path:
        """What the kernel process itself writes, outside of any cell."""
        return self.root / "kernel.log"

    @property
    def report(self) -> Path:
        """Where an isolated kernel's init tells what `init.watch` says."""
        return self.root / "report"

    def peak_memory(self) -> int:
        """Returns the most bytes of memory that were used; 0 if unknown."""
        lines = [line for line in self._reported() if line != PASSED_ON]
        return max(map(int, lines), default=0)

    def signals(self) -> int:
        """Returns how many signals an isolated kernel has got."""
        return self._reported().count(PASSED_ON)

    def _reported(self) -> list[bytes]:
        lines = self.report.read_bytes().splitlines(keepends=True) if self.report.exists() else []
        return [line for line in lines if line.endswith(b"\n")]

    def last_words(self) -> str:
        """Returns the last line that the kernel process wrote."""
        if not self.log.exists():
            return ""
        with self.log.open("rb") as file:
            file.seek(max(0, self.log.stat().st_size - 2000))
            lines = file.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""

    def environment(self, cases: Mapping[str, object], *, isolated: bool) -> dict[str, str]:
        """Returns the kernel's whole environment."""
        home = mounts.HOME if isolated else str(self.own)
        own = {"HOME": home, "TMPDIR": "/tmp" if isolated else str(self.root / "tmp")}
        return warm.environment() | own | {CASES: json.dumps(dict(cases))}


@contextmanager
def kernel_home(files: Path | None) -> Iterator[KernelHome]:
    """Makes the home of one kernel, and removes it with everything in it.

    Args:
        files: See `KernelHome`.
    """
    folder = tempfile.mkdtemp(prefix="cvl-")
    try:
        yield make_home(Path(folder), files)
    finally:
        try:
            shutil.rmtree(folder, ignore_errors=True)
        except RecursionError:  # at some thousand nested folders
            subprocess.run(["/bin/rm", "-rf", folder], stderr=subprocess.DEVNULL, check=False)


def make_home(folder: Path, files: Path | None) -> KernelHome:
    """Makes a home in an empty folder."""
    home = KernelHome(folder, files if files is not None and files.is_dir() else None)
    for name in ("work", "run", "home", "tmp", "root"):
        (folder / name).mkdir(mode=0o700)
    make_kernel_view(home.view)
    return home


def furnish(home: KernelHome, folder: Path) -> None:
    """Copies what a kernel needs whose files are not made in namespaces.

    The lab's files go to `folder`, matplotlib's list of fonts to where it looks for it in the home.
    """
    import matplotlib

    folder.mkdir(exist_ok=True)
    if home.files is not None:
        ignored = shutil.ignore_patterns("*.ipynb", ".*")
        shutil.copytree(home.files, folder, ignore=ignored, dirs_exist_ok=True)
    for path in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
        target = home.own / ".cache" / "matplotlib" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
