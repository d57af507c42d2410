"""The temporary home of one submission's kernel: view of cvlabs, scratch folder, environment, command.

The kernel is an ordinary process of the same user: it can open files that it finds by absolute path and talk
to the network. What stands here keeps answers out of reach of `import` and of relative paths, and one
submission from leaving anything behind for the next. Real isolation (namespaces) is not part of it.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import zmq
import zmq.asyncio
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from autograder.kernel_view import make_kernel_view

SEEDS = "CVLABS_CHECK_SEEDS"
_MESSAGE_BYTES = 100_000_000
_MESSAGES_WAITING = 100
_PASSED_ON = ("PATH", "TZ", "OMP_NUM_THREADS", "SYSTEMROOT")


@dataclass(frozen=True)
class KernelHome:
    """Folders of one kernel, all below one temporary folder."""

    root: Path

    @property
    def scratch(self) -> Path:
        """Where the kernel starts: the files of the lab, and whatever the student's code writes."""
        return self.root / "work"

    @property
    def connection_file(self) -> Path:
        """Where the kernel's ports are told; unix sockets lie beside it."""
        return self.root / "run" / "k.json"

    @property
    def log(self) -> Path:
        """What the kernel process itself writes, outside of any cell."""
        return self.root / "kernel.log"

    def last_words(self) -> str:
        """Returns the last line that the kernel process wrote."""
        lines = self.log.read_text(errors="replace")[-2000:].strip().splitlines() if self.log.exists() else []
        return lines[-1] if lines else ""

    def environment(self, seeds: Mapping[str, str]) -> dict[str, str]:
        """Returns the kernel's whole environment."""
        passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        return passed_on | {
            "HOME": str(self.root / "home"),
            "TMPDIR": str(self.root / "tmp"),
            "LANG": "C.UTF-8",
            "KERAS_BACKEND": os.environ.get("KERAS_BACKEND", "tensorflow"),
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "CUDA_VISIBLE_DEVICES": "-1",  # the same numbers on every machine
            "MPLBACKEND": "agg",  # figures are made but not drawn: they decide nothing and take seconds
            SEEDS: json.dumps(dict(seeds)),
        }

    def command(self) -> list[str]:
        """Returns the kernel's command line; `{connection_file}` is filled in by jupyter_client."""
        launch = str(Path(__file__).with_name("kernel_launch.py"))
        packages = [p for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]
        return [
            sys.executable,
            "-I",
            "-S",
            launch,
            str(self.root / "view"),
            *packages,
            "--",
            "-f",
            "{connection_file}",
        ]


class BoundedClient(AsyncKernelClient):
    """A client whose memory a kernel cannot fill: messages beyond a size break the connection, which is then
    made anew, and few wait to be read."""

    def _context_default(self) -> zmq.asyncio.Context:
        self._created_context = True
        context = zmq.asyncio.Context()
        context.setsockopt(zmq.MAXMSGSIZE, _MESSAGE_BYTES)
        context.setsockopt(zmq.RCVHWM, _MESSAGES_WAITING)
        return context


class HomeKernelManager(AsyncKernelManager):
    """Starts the kernel of a `KernelHome`, whatever kernelspec the notebook names."""

    def __init__(self, home: KernelHome) -> None:
        super().__init__(connection_file=str(home.connection_file), client_factory=BoundedClient)
        if os.name == "posix":
            self.transport = "ipc"
            self.ip = str(home.connection_file.with_suffix(""))
        self._kernel_spec = KernelSpec(argv=home.command(), display_name="Python 3", language="python")


@contextmanager
def kernel_home(files: Path | None) -> Iterator[KernelHome]:
    """Makes the home of one kernel, and removes it with everything in it.

    Args:
        files: A folder whose files, except notebooks, the kernel finds in its working folder.
    """
    with tempfile.TemporaryDirectory(prefix="cvl-", ignore_cleanup_errors=True) as folder:
        home = KernelHome(Path(folder))
        for name in ("work", "run", "home", "tmp"):
            (home.root / name).mkdir(mode=0o700)
        make_kernel_view(home.root / "view")
        if files is not None and files.is_dir():
            shutil.copytree(
                files, home.scratch, ignore=shutil.ignore_patterns("*.ipynb", ".*"), dirs_exist_ok=True
            )
        _lend_font_list(home.root / "home")
        yield home


def _lend_font_list(home: Path) -> None:
    """Copies matplotlib's list of fonts, which takes a fresh home seconds to make."""
    import matplotlib

    for path in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
        target = home / ".cache" / "matplotlib" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
