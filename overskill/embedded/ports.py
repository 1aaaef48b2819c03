"""Ports: finding a free one, and saying who has the one we want."""

import socket
from collections.abc import Mapping

import psutil

from overskill.errors import Conflict


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether we could listen there. A connection that is only closing (TIME_WAIT) does not count as taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def reachable(host: str) -> str:
    """Where this machine reaches what listens on `host`: every interface has a loopback."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - asked for, not bound


def check_ports(wanted: Mapping[str, int], host: str) -> None:
    """`wanted` maps the name of a setting to its port."""
    for setting, port in wanted.items():
        if not is_free(port, host):
            raise Conflict(
                f"Port {port} ({setting}) is taken{_by_whom(port)}. Stop that program, or set {setting} to a free port."
            )


def _by_whom(port: int) -> str:
    try:
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
                return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    except psutil.Error:  # not ours to see
        pass
    return ""
