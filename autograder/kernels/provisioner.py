"""The seam to Jupyter: a kernel provisioner that starts isolated, warm kernels.

Registered as `cvlabs-isolated` under `jupyter_client.kernel_provisioners`, and named by the kernelspec in
`kernelspec/`. So whatever starts a kernel by that specification, stock nbgrader and the formgrader included,
gets one from here.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from autograder.kernels import init
from autograder.kernels.home import KernelHome, make_home
from autograder.kernels.limits import Limits
from autograder.kernels.sandbox import Isolation, find_isolation
from autograder.kernels.start import Level, start_kernel
from autograder.kernels.warm import zygotes
from autograder.kernels.warm_process import WarmProcess

_POLL_SECONDS = 0.02


@cache
def isolation(*, unsafe: bool = False) -> Isolation:
    """Returns what `find_isolation` found; it is asked once in a process."""
    return find_isolation(zygotes(), unsafe=unsafe)


class IsolatedProvisioner(LocalProvisioner):
    """Starts a kernel in a `KernelHome`: its manager's, or one made for it."""

    parent: Any
    process: Any = None
    home: KernelHome | None = None
    unsafe = False
    warm = True
    limits = Limits()
    cases: Mapping[str, object] = {}
    level: Level = "none"
    is_warm = False
    peak_memory = 0
    exit_code: int | None = None
    is_lost = False
    """Whether the kernel ended through no fault of its own: with the zygote that forked it, or for want of
    memory on this machine."""
    _own: Path | None = None
    _signals = 0  # that had arrived when the last one was sent

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Puts the kernel's sockets into its home, which a network namespace does not cut off."""
        manager = self.parent
        home = getattr(manager, "home", None)
        if home is None:
            self._own = Path(tempfile.mkdtemp(prefix="cvl-"))
            home = make_home(self._own, None)
        self.home = home
        self.unsafe, self.limits = getattr(manager, "unsafe", False), getattr(manager, "limits", self.limits)
        self.cases = getattr(manager, "cases", {})
        self.warm = getattr(manager, "warm", True)
        manager.transport, manager.ip = "ipc", home.sockets
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Starts the kernel; the command of the kernelspec does not count."""
        if self.home is None:
            raise RuntimeError("launch_kernel before pre_launch")
        about = Path(self.parent.connection_file)
        if about != self.home.connection_file:
            self.home.connection_file.unlink(missing_ok=True)  # see `start._write_connection`
            shutil.copyfile(about, self.home.connection_file)
        self.level = isolation(unsafe=self.unsafe).level
        source = zygotes() if self.warm else None
        self.process = start_kernel(self.home, self.level, self.cases, self.limits, source)
        self.is_warm = isinstance(self.process, WarmProcess)
        self.pid, self.pgid = self.process.pid, None
        return self.connection_info

    @property
    def end(self) -> str:
        """Why the kernel ended, if a limit ended it; empty otherwise."""
        return init.REASONS.get(self.exit_code or 0, "")

    async def poll(self) -> int | None:
        """Returns the exit code, `None` while the kernel runs."""
        if self.process is None:
            return self.exit_code if self.exit_code is not None else 0
        code: int | None = self.process.poll()
        if code is not None:
            self.exit_code = code
            gone = isinstance(self.process, WarmProcess) and self.process.is_lost
            self.is_lost = gone or code == init.MACHINE_FULL
        return code

    async def wait(self) -> int | None:
        """Waits for the kernel's end."""
        while await self.poll() is None:
            await asyncio.sleep(_POLL_SECONDS)
        self._note_end()
        return self.exit_code

    async def send_signal(self, signum: int) -> None:
        """Sends a signal to the kernel; the others of its processes end with it."""
        if self.process is not None:
            self._signals = self.home.signals() if self.home is not None else 0
            self.process.send_signal(signum)

    def has_arrived(self) -> bool:
        """Whether the last signal that was sent to an isolated kernel has reached it, or never will."""
        process, home = self.process, self.home
        return process is None or home is None or home.signals() > self._signals or process.poll() is not None

    async def kill(self, restart: bool = False) -> None:
        """Kills everything that runs inside."""
        if self.process is not None:
            self.process.kill()

    async def terminate(self, restart: bool = False) -> None:
        """As `kill`: nothing inside has anything to save."""
        await self.kill(restart)

    async def cleanup(self, restart: bool = False) -> None:
        """Removes the home, if it was made here."""
        if self.process is not None:
            self.process.kill()
            with suppress(Exception):
                self.process.wait(5)
            self._note_end()
        if self._own is not None and not restart:
            shutil.rmtree(self._own, ignore_errors=True)

    def _note_end(self) -> None:
        process, self.process = self.process, None
        if process is not None and self.home is not None:
            self.exit_code = process.poll()
            self.peak_memory = self.home.peak_memory()
