"""A Jupyter server of its own: own port, own home, own settings."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TOKEN = "test"
START_SECONDS = 300


@contextmanager
def jupyter_server(root: Path, home: Path) -> Iterator[str]:
    """Serves a folder with JupyterLab on a free port; yields the server's address.

    Args:
        root: The folder, where the server also starts, as nbgrader's formgrader needs it.
        home: A folder for everything that the server keeps for its user.
    """
    home.mkdir(parents=True, exist_ok=True)
    folders = {
        "HOME": home,
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "IPYTHONDIR": home / "ipython",
    }
    options = ("--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", f"--IdentityProvider.token={TOKEN}")
    switches = ("--no-browser", "--allow-root", "--expose-app-in-browser")
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *switches, *options],
            cwd=root,
            env=os.environ | {name: str(folder) for name, folder in folders.items()},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield _address(server, home)
        finally:
            server.terminate()  # it ends its kernels first
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def page(address: str, path: str) -> str:
    """Returns the full address of a page."""
    return f"{address}{path}?token={TOKEN}"


def _address(server: subprocess.Popen[bytes], home: Path) -> str:
    """Waits until the server answers. It chose its port itself, and wrote it to its runtime folder."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        for file in (home / "runtime").glob("jpserver-*.json"):
            try:
                address = str(json.loads(file.read_text())["url"])
                with urllib.request.urlopen(page(address, "api"), timeout=5):
                    return address
            except (ValueError, OSError):
                pass  # half written, not listening yet, or too busy to answer
        time.sleep(0.2)
    raise RuntimeError(f"Jupyter did not answer:\n{(home / 'log').read_text()}")
