"""What the dispatch worker must know of an app beside its files: who may see it, how much it may take, its domains.

    app/<environment>/<script>   an AppRoute; without one an app is public and has the instance's limits
    host/<domain>                a HostRoute

The worker (edge/workers/dispatch/routes.js) reads these as JSON from `env.ROUTES`: Workers KV on Cloudflare, files in
the edge's store on one machine.
"""

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Protocol

from overskill.clients.edge_names import check_place
from overskill.clients.edge_store import Store, store_path, taking_writes
from overskill.config import Settings
from overskill.errors import InvalidInput, Unavailable

ACCESS_PARAMETER = "access"  # of a private app's link: https://<its host>/?access=<sign_access(…)>
LONGEST_MAINTENANCE = 300
_ACCESS_KEY_BYTES = 32
_LONGEST_EGRESS = 2_500  # characters of all hosts: a route has a fixed size on one machine
_EGRESS_HOST = re.compile(r"([*]\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?")
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class AppRoute:
    """How one environment of an app is served."""

    app_id: str
    private: bool = False
    access_key: str = ""  # of `new_access_key`; a private app without one shows itself to nobody
    maintenance: str = ""  # what visitors read instead of the app; "": it is served
    taken_down: bool = False  # by the staff: visitors read that it was, instead of that nothing is there
    canary: int = 0  # percent of the visitors who get the script `canary_script(…)`
    rate: int | None = None  # requests a second; None: the instance's
    max_body: int | None = None  # bytes of one request; None: the instance's
    egress: tuple[str, ...] = ()  # hosts its server code may call: "a.com", "*.a.com" for all below, "a.com:8443"
    entitlement_key: str = ""  # of an app that is sold: only who shows what `sign_entitlement` made of it gets in
    listing: str = ""  # the slug of where it is sold
    not_before: int = 0  # what was signed before does not let in any more; seconds since 1970
    revoked: tuple[str, ...] = ()  # licences that don't either
    until: int | None = None  # of a copy that is paid for by the month: from then on it is not served


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRoute:
    """What a creator's own domain shows."""

    script: str
    environment: str = "production"
    redirect: str = ""  # another host, where visitors are sent instead: apex to www, or the other way


class EdgeRoutes(Protocol):
    """All calls are blocking. Raise Unavailable when the edge does not take them.

    What is put is served within a second on one machine, and within a minute on Cloudflare.
    """

    def put_app(self, environment: str, script: str, route: AppRoute) -> None: ...

    def app(self, environment: str, script: str) -> AppRoute | None: ...

    def delete_app(self, environment: str, script: str) -> None:
        """Deleting what is not there is no error."""
        ...

    def put_host(self, host: str, route: HostRoute) -> None:
        """`host` is lower case, in punycode."""
        ...

    def host(self, host: str) -> HostRoute | None: ...

    def delete_host(self, host: str) -> None:
        """Deleting what is not there is no error."""
        ...


def app_key(environment: str, script: str) -> str:
    check_place(environment, script)
    return f"app/{environment}/{script}"


def host_key(host: str) -> str:
    if not _HOST.fullmatch(host):
        raise InvalidInput(f"“{host}” is not a domain. Write it like www.example.com.", field="host")
    return f"host/{host}"


def app_value(route: AppRoute) -> str:
    """As the dispatch worker reads it."""
    if not 0 <= route.canary <= 100:
        raise InvalidInput("A canary gets between 0 and 100 % of the visitors.", field="canary")
    if (route.rate is not None and route.rate < 1) or (route.max_body is not None and route.max_body < 1):
        raise InvalidInput("A limit is at least 1. Leave it out for the usual one.", field="rate")
    if len(route.maintenance) > LONGEST_MAINTENANCE:
        raise InvalidInput(f"A maintenance note has at most {LONGEST_MAINTENANCE} characters.", field="maintenance")
    _check_egress(route.egress)
    return json.dumps(asdict(route), ensure_ascii=False, separators=(",", ":"))


def read_app_value(value: str) -> AppRoute:
    facts = json.loads(value)
    lists = {name: tuple(facts.get(name, ())) for name in ("egress", "revoked")}
    return AppRoute(**{**facts, **lists})


def _check_egress(hosts: Sequence[str]) -> None:
    for host in hosts:
        if not _EGRESS_HOST.fullmatch(host):
            raise InvalidInput(f"“{host[:80]}” is not a host. Write it like api.example.com.", field="egress")
    if sum(map(len, hosts)) > _LONGEST_EGRESS:
        raise InvalidInput(
            "Those are too many hosts. Allow all below a domain at once, like *.example.com.", field="egress"
        )


def host_value(route: HostRoute) -> str:
    """As the dispatch worker reads it."""
    check_place(route.environment, route.script)
    if route.redirect:
        host_key(route.redirect)
    return json.dumps(asdict(route), separators=(",", ":"))


def new_access_key() -> str:
    return _base64url(secrets.token_bytes(_ACCESS_KEY_BYTES))


def sign_access(access_key: str, environment: str, script: str, *, subject: str, expires: datetime) -> str:
    """What opens a private app until `expires`, as the parameter `access` of any of its addresses.

    `subject` says for whom it was made. Whoever has the link gets in; a new access key ends all links at once.
    """
    if not access_key:
        raise InvalidInput("This app has no key to sign links with. Make it private first.", field="access_key")
    facts: dict[str, str | int] = {"exp": int(expires.timestamp()), "sub": subject}
    return _signed(access_key, environment, script, facts)


def sign_entitlement(
    entitlement_key: str, environment: str, script: str, *, license_id: str, issued: datetime, expires: datetime
) -> str:
    """What lets the holder of a licence into an app that is sold, until `expires` and for a grace period after it."""
    facts: dict[str, str | int] = {"exp": int(expires.timestamp()), "iat": int(issued.timestamp()), "lic": license_id}
    return _signed(entitlement_key, environment, script, facts)


def _signed(key: str, environment: str, script: str, facts: Mapping[str, str | int]) -> str:
    """As edge/workers/dispatch/signed.js reads it."""
    check_place(environment, script)
    payload = _base64url(json.dumps(facts).encode())
    signed = f"{environment}/{script}.{payload}".encode()
    signature = hmac.digest(_from_base64url(key), signed, hashlib.sha256)
    return f"{payload}.{_base64url(signature)}"


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class EmbeddedRoutes:
    """Files in the store that workerd reads. Safe from any thread or process."""

    def __init__(self, settings: Settings) -> None:
        self._store = Store(store_path(settings.home))

    def put_app(self, environment: str, script: str, route: AppRoute) -> None:
        self._put(app_key(environment, script), app_value(route))

    def app(self, environment: str, script: str) -> AppRoute | None:
        value = self._store.route(app_key(environment, script))
        return None if value is None else read_app_value(value)

    def delete_app(self, environment: str, script: str) -> None:
        self._delete(app_key(environment, script))

    def put_host(self, host: str, route: HostRoute) -> None:
        self._put(host_key(host), host_value(route))

    def host(self, host: str) -> HostRoute | None:
        value = self._store.route(host_key(host))
        return None if value is None else HostRoute(**json.loads(value))

    def delete_host(self, host: str) -> None:
        self._delete(host_key(host))

    def _put(self, key: str, value: str) -> None:
        with taking_writes(), self._store.writing():
            self._store.put_route(key, value)

    def _delete(self, key: str) -> None:
        with taking_writes():
            self._store.delete_route(key)


@dataclass
class FakeRoutes:
    """Routes in memory. `is_down` makes every call fail as an unreachable edge does."""

    is_down: bool = False
    apps: dict[tuple[str, str], AppRoute] = field(default_factory=dict)
    hosts: dict[str, HostRoute] = field(default_factory=dict)

    def put_app(self, environment: str, script: str, route: AppRoute) -> None:
        app_key(environment, script)
        app_value(route)
        self._require_up()
        self.apps[environment, script] = route

    def app(self, environment: str, script: str) -> AppRoute | None:
        app_key(environment, script)
        self._require_up()
        return self.apps.get((environment, script))

    def delete_app(self, environment: str, script: str) -> None:
        app_key(environment, script)
        self._require_up()
        self.apps.pop((environment, script), None)

    def put_host(self, host: str, route: HostRoute) -> None:
        host_key(host)
        host_value(route)
        self._require_up()
        self.hosts[host] = route

    def host(self, host: str) -> HostRoute | None:
        host_key(host)
        self._require_up()
        return self.hosts.get(host)

    def delete_host(self, host: str) -> None:
        host_key(host)
        self._require_up()
        self.hosts.pop(host, None)

    def _require_up(self) -> None:
        if self.is_down:
            raise Unavailable("The edge does not answer. What was served before still is. Try again in a moment.")
