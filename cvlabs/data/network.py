"""Whether there is a way to a server: known in seconds, where a download would try for minutes."""

import socket
from collections.abc import Sequence
from threading import Thread
from urllib.parse import urlsplit

_SECONDS = 3.0
_NOBODY = ("192.0.2.1", 9)  # an address for examples: connecting a datagram socket to it sends nothing


def reachable(urls: Sequence[str]) -> bool:
    """Returns whether one of the first servers of some addresses answers.

    Without a route out of the machine nothing is sent at all. Without addresses, a route is enough.
    """
    if not _route():
        return False
    hosts = list(dict.fromkeys(host for host in map(_host, urls) if host))[:3]
    answers: list[bool] = []
    threads = [Thread(target=_answers, args=(*host, answers), daemon=True) for host in hosts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_SECONDS)
    return bool(answers) or not hosts


def _route() -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOBODY)
        except OSError:
            return False
    return True


def _host(url: str) -> tuple[str, int] | None:
    parts = urlsplit(url)
    if not parts.hostname:
        return None
    return parts.hostname, parts.port or {"http": 80, "ftp": 21}.get(parts.scheme, 443)


def _answers(host: str, port: int, answers: list[bool]) -> None:
    try:
        with socket.create_connection((host, port), timeout=_SECONDS):
            answers.append(True)
    except OSError:
        pass
