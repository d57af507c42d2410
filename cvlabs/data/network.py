"""Whether there is a way to a server: known in seconds, where a download would try for minutes.

Behind a proxy it is the proxy that has to answer, since downloads go through it, and names of servers may be
known to it alone.
"""

import socket
from collections.abc import Sequence
from threading import Thread
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

_SECONDS = 3.0
_PORTS = {"http": 80, "ftp": 21, "socks4": 1080, "socks5": 1080, "socks5h": 1080}
_ANY = urlsplit("https:")  # some server, where no address is known
_NOBODY = ("192.0.2.1", 9)  # an address for examples: connecting a datagram socket to it sends nothing


def reachable(urls: Sequence[str]) -> bool:
    """Returns whether one of the first servers of some addresses answers, or the proxy that leads to it.

    Proxies are those of the environment (`HTTPS_PROXY`, `NO_PROXY`) or, on macOS and Windows, of the system.
    Without a route out of the machine and without a proxy nothing is sent at all. Without addresses, a route
    is enough, or a proxy that answers.
    """
    roots = dict.fromkeys(urlsplit(url)._replace(path="", query="", fragment="") for url in urls)
    servers = [root for root in roots if root.hostname][:3] or [_ANY]
    proxies = [_proxy(server) for server in servers]
    if not any(proxies) and not _route():
        return False
    ways = [proxy or server for proxy, server in zip(proxies, servers, strict=True)]
    hosts = {(way.hostname, way.port or _PORTS.get(way.scheme, 443)) for way in ways if way.hostname}
    answers: list[bool] = []
    threads = [Thread(target=_answers, args=(*host, answers), daemon=True) for host in hosts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_SECONDS)
    return bool(answers) or not hosts


def _proxy(server: SplitResult) -> SplitResult | None:
    """The address of the proxy that leads to a server, if it is not reached directly."""
    proxies = getproxies()
    proxy = proxies.get(server.scheme) or proxies.get("all")
    if not proxy or (server.netloc and proxy_bypass(server.netloc)):
        return None
    return urlsplit(proxy if "://" in proxy else f"http://{proxy}")


def _route() -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOBODY)
        except OSError:
            return False
    return True


def _answers(host: str, port: int, answers: list[bool]) -> None:
    try:
        with socket.create_connection((host, port), timeout=_SECONDS):
            answers.append(True)
    except OSError:
        pass
