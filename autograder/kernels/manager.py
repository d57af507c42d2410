"""Manager and client of one isolated kernel, for nbclient."""

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty

import zmq
import zmq.asyncio
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from traitlets import Type

from autograder.kernels.home import KernelHome
from autograder.kernels.limits import Limits
from autograder.kernels.messages import ForgivingChannel, ReplyChannel
from autograder.kernels.provisioner import IsolatedProvisioner

PROVISIONER = "cvlabs-isolated"
KERNELSPEC = Path(__file__).parent / "kernelspec" / PROVISIONER
_MESSAGE_BYTES = 100_000_000
_MESSAGES_WAITING = 100
_ASK_SECONDS = 0.05
_END_SECONDS = 0.01
_LATE_SECONDS = 1.0
_AGAIN_MILLISECONDS = 5  # until a socket is tried again that is not there yet; 100 by default


class BoundedClient(AsyncKernelClient):
    """A client whose memory a kernel cannot fill: messages beyond a size break the connection, which is then
    made anew, and few wait to be read."""

    iopub_channel_class = Type(ForgivingChannel)
    shell_channel_class = Type(ReplyChannel)
    control_channel_class = Type(ForgivingChannel)

    def _context_default(self) -> zmq.asyncio.Context:
        self._created_context = True
        context = zmq.asyncio.Context()
        context.setsockopt(zmq.MAXMSGSIZE, _MESSAGE_BYTES)
        context.setsockopt(zmq.RCVHWM, _MESSAGES_WAITING)
        context.setsockopt(zmq.RECONNECT_IVL, _AGAIN_MILLISECONDS)
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Waits until the kernel answers on both channels, and no longer: Jupyter's own takes 0.4 s more.

        Raises:
            RuntimeError: It died, or does not answer in time.
        """
        deadline = asyncio.get_running_loop().time() + (timeout or 3600.0)
        asked = 0
        heard = False
        while not heard:
            if self.parent is not None and not await self.parent.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if asyncio.get_running_loop().time() > deadline:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")
            self.kernel_info()
            asked += 1
            try:
                await self.iopub_channel.get_msg(timeout=_ASK_SECONDS)
                heard = True
            except Empty:
                continue
        reply = await self.shell_channel.get_msg(timeout=timeout)
        self._handle_kernel_info_reply(reply)
        for _ in range(asked - 1):  # the answers to a cell must come first
            with suppress(Empty):
                await self.shell_channel.get_msg(timeout=_LATE_SECONDS)
        while await self.iopub_channel.msg_ready():
            await self.iopub_channel.get_msg(timeout=0)


class HomeKernelManager(AsyncKernelManager):
    """Starts the kernel of a `KernelHome`, whatever kernelspec the notebook names.

    Args:
        home: The home.
        cases: The cases of each check.
        limits: What the kernel may use.
        unsafe: Whether it may run without isolation where there is none to be had.
        warm: Whether it may be forked by a zygote.
    """

    def __init__(
        self,
        home: KernelHome,
        cases: Mapping[str, object],
        limits: Limits,
        *,
        unsafe: bool = False,
        warm: bool = True,
    ) -> None:
        super().__init__(connection_file=str(home.connection_file), client_factory=BoundedClient)
        self.home, self.cases, self.limits, self.unsafe, self.warm = home, cases, limits, unsafe, warm
        self.transport, self.ip = "ipc", home.sockets
        about = json.loads((KERNELSPEC / "kernel.json").read_text())
        self._kernel_spec = KernelSpec(**about)
        _register()

    async def _async_wait(self, pollinterval: float = 0.1) -> None:
        """Waits for the kernel's end, after it was killed."""
        await super()._async_wait(_END_SECONDS)

    @property
    def kernel(self) -> IsolatedProvisioner | None:
        """The kernel's provisioner, once it is started."""
        return self.provisioner if isinstance(self.provisioner, IsolatedProvisioner) else None


def _register() -> None:
    """Makes the provisioner known where this repository is not installed, as in a checkout on the path."""
    from importlib.metadata import EntryPoint

    known = KernelProvisionerFactory.instance().provisioners
    if PROVISIONER not in known:
        value = "autograder.kernels.provisioner:IsolatedProvisioner"
        known[PROVISIONER] = EntryPoint(PROVISIONER, value, KernelProvisionerFactory.GROUP_NAME)
