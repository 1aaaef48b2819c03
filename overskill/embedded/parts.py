"""What the product consists of besides its servers, and how each part shows that it works."""

import http.client
import sys
from collections.abc import Callable, Collection
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, cast

import psutil

from overskill.config import Settings
from overskill.embedded.child import Part
from overskill.embedded.ports import reachable

if TYPE_CHECKING:
    from redis import Redis

_PATIENCE_SECONDS = 2.0


class Role(StrEnum):
    BUNDLER = "bundler"
    EDGE = "edge"
    WORKERS = "workers"  # and the schedule
    ONE_WORKER = "one worker"  # takes every queue; enough for a single command
    WEB = "web"


EVERYTHING = frozenset({Role.BUNDLER, Role.EDGE, Role.WORKERS, Role.WEB})

# Stages stop from the highest down: nothing loses what it uses before it is gone itself.
_FOUNDATION, _WORK, _FACE = range(3)


def run_here(settings: Settings, roles: Collection[Role]) -> set[Role]:
    """Without an edge of our own where another serves what is published."""
    return set(roles) - (set() if settings.edge == "embedded" else {Role.EDGE})


def ports_of(settings: Settings, roles: Collection[Role]) -> dict[str, int]:
    """The settings whose ports these roles listen on."""
    ports = {
        Role.WEB: ("OVERSKILL_WEB_PORT", settings.web_port),
        Role.BUNDLER: ("OVERSKILL_PREVIEW_PORT", settings.preview_port),
        Role.EDGE: ("OVERSKILL_EDGE_PORT", settings.edge_port),
    }
    return dict(ports[role] for role in ports if role in roles)


def parts_of(settings: Settings, roles: Collection[Role], redis_url: str) -> list[Part]:
    parts = []
    if Role.BUNDLER in roles:
        parts.append(
            Part("bundler", _overskill("bundler"), _FOUNDATION, _answers(settings.host, settings.preview_port))
        )
    if Role.EDGE in roles:
        parts.append(Part("edge", _overskill("edge"), _FOUNDATION, _answers(settings.host, settings.edge_port)))
    if Role.WEB in roles:  # early: it takes the longest to start
        parts.append(
            Part("web", _overskill("web"), _FACE, _answers(settings.host, settings.web_port, "/healthz", wanted=200))
        )
    if Role.WORKERS in roles:
        queues = ["generate"] * settings.generate_workers + ["deploy"] * settings.deploy_workers + ["default,low"]
        options = [part for names in queues for part in ("--queues", names)]
        command = _overskill("worker", "--with-schedule", *options)
        parts.append(Part("workers", command, _WORK, _are_registered(redis_url, len(queues))))
    if Role.ONE_WORKER in roles:
        parts.append(Part("workers", _overskill("worker"), _WORK, _are_registered(redis_url, 1)))
    return parts


def _overskill(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "overskill", *arguments]


def _answers(host: str, port: int, path: str = "/", *, wanted: int | None = None) -> Callable[[int], bool]:
    """Whether a real request gets an answer (a "not found" is one), or the wanted one."""

    def ask(_: int) -> bool:
        status = status_of(host, port, path)
        return status is not None and wanted in (None, status)

    return ask


def status_of(host: str, port: int, path: str) -> int | None:
    """What a part answers to a GET, or None when it does not answer."""
    connection = http.client.HTTPConnection(reachable(host), port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _are_registered(redis_url: str, count: int) -> Callable[[int], bool]:
    """Whether this process, or as many as that of its children, have told Redis that they listen."""

    def ask(pid: int) -> bool:
        client = _redis(redis_url)
        workers = cast(set[str], client.smembers("rq:workers"))  # typed as if it could be awaited
        listening = {client.hget(worker, "pid") for worker in workers}
        ours = [pid, *(child.pid for child in psutil.Process(pid).children())]
        return sum(str(number) in listening for number in ours) >= count

    return ask


@cache
def _redis(url: str) -> "Redis":
    from redis import Redis

    return Redis.from_url(url, decode_responses=True)
