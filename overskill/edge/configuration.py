"""What the edge is told: options from the settings, and workerd's configuration rendered from them."""

import base64
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Literal, Self
from urllib.parse import urlsplit

from overskill.clients.edge_manifest import COMPATIBILITY_DATE, namespace_of, stock_fingerprint
from overskill.clients.edge_secrets import secrets_key
from overskill.clients.edge_store import store_path
from overskill.config import Settings
from overskill.embedded.places import Home

Pool = Literal["front", "sandbox"]

WORKERS = Path(__file__).with_name("workers")
TEMPLATE = Path(__file__).with_name("edge.capnp")
MAIN_MODULE = "namespace/host.js"
REQUESTS_PER_SECOND = 200  # so that no app takes the machine from the others; on a developer's own there is no limit
LONGEST_SOCKET_NAME = "front-15.health.sock"
LONGEST_SOCKET_PATH = 100  # the kernel takes 108 bytes on Linux and 104 on macOS, with a closing zero


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeOptions:
    """Everything the launcher needs. `home` is absolute."""

    home: Path
    host: str
    port: int
    processes: int = 1
    instance: str = "local"
    site_url: str = ""
    site_host: str = ""  # where no app is served by path: it would be on the site's own origin
    base_domains: tuple[str, ...] = ("localhost",)
    trusts_proxy: bool = False
    requests_per_second: int = REQUESTS_PER_SECOND  # for one app, in one front process; 0 is no limit
    request_burst: int = 1000
    max_body_bytes: int = 10 * 1024 * 1024
    sandbox_timeout: float = 10.0
    max_memory: int = 1_500_000_000  # of one process; a busy front takes 300 MB
    routes_ttl: float = 0.5  # seconds until what edge_routes.py put is seen
    secrets_key: bytes = field(default=b"", repr=False)  # empty: this instance has no secrets
    redis_url: str = field(default="", repr=False)  # where usage and incidents are written; "": nowhere
    networks: tuple[str, ...] = ("public",)  # what allow-listed calls may reach: workerd's "public", "private", "local"

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        return cls(
            home=Home.of(settings).root,
            host=settings.host,
            port=settings.edge_port,
            processes=settings.edge_processes,
            instance=settings.instance,
            site_url=settings.site_url,
            site_host=settings.site_host if settings.is_production else "",  # on one machine all is localhost
            base_domains=_base_domains(settings.apps_url),
            trusts_proxy=settings.trusted_proxy_hops > 0,
            requests_per_second=REQUESTS_PER_SECOND if settings.is_production else 0,
            secrets_key=secrets_key(settings) if settings.secret_key.get_secret_value() else b"",
            redis_url=settings.redis_url.get_secret_value(),
        )

    @property
    def store(self) -> Path:
        return store_path(self.home)

    @property
    def run(self) -> Path:
        """Where sockets, pids and rendered configurations live: below home, unless that is too long for a socket."""
        run = self.home / "run" / "edge"
        if len(os.fsencode(run / LONGEST_SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return run
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"overskill-edge-{os.getuid()}-{name}"

    @property
    def images_socket(self) -> Path:
        return self.run / "images.sock"


def _base_domains(apps_url: str) -> tuple[str, ...]:
    """`https://{slug}.apps.example.com` -> apps.example.com. localhost works always: it is this machine."""
    host = urlsplit(apps_url.replace("{slug}", "slug")).hostname or ""
    domain = host.removeprefix("slug.") if host.startswith("slug.") else ""
    return tuple(dict.fromkeys(name for name in (domain, "localhost") if name))


def _text(value: str) -> str:
    """A Cap'n Proto string: JSON's escapes are a subset of its own for the text we have."""
    return json.dumps(value, ensure_ascii=False)


def _binding(name: str, value: object) -> str:
    return f"(name = {_text(name)}, json = {_text(json.dumps(value))}),"


def dispatch_variables(options: EdgeOptions) -> dict[str, str]:
    """The dispatch worker's settings, here and on Cloudflare."""
    return {
        "BASE_DOMAINS": ",".join(options.base_domains),
        "SITE_URL": options.site_url,
        "SITE_HOST": options.site_host,
        "FRAME_ANCESTORS": f"'self' {options.site_url}".rstrip(),  # the studio shows published apps
        "TRUSTS_PROXY": str(options.trusts_proxy).lower(),
        "REQUESTS_PER_SECOND": str(options.requests_per_second),
        "REQUEST_BURST": str(options.request_burst),
        "MAX_BODY_BYTES": str(options.max_body_bytes),
    }


def _front_bindings(options: EdgeOptions) -> list[str]:
    environments = ("preview", "staging", "production")
    namespaces = {f"NAMESPACE_{name.upper()}": namespace_of(options.instance, name) for name in environments}
    return [
        '(name = "SANDBOX", service = "sandbox"),',
        '(name = "IMAGES", service = "images"),',
        _binding("SANDBOX_TIMEOUT_MS", round(options.sandbox_timeout * 1000)),
        _binding("TRUSTED", [stock_fingerprint()]),
        _binding("DISPATCH_VARIABLES", dispatch_variables(options)),
        _binding("NAMESPACES", namespaces),
    ]


def _modules() -> list[str]:
    """Paths below WORKERS, as the imports inside say them. workerd runs the first."""
    paths = [path for folder in ("namespace", "dispatch", "outbound") for path in (WORKERS / folder).glob("*.js")]
    names = {path.relative_to(WORKERS).as_posix() for path in paths}
    return [MAIN_MODULE, *sorted(names - {MAIN_MODULE})]


def _external(name: str, socket: Path) -> str:
    return f"(name = {_text(name)}, external = (address = {_text(f'unix:{socket}')}, http = ())),"


def render(options: EdgeOptions, pool: Pool, *, sandbox_socket: Path, journal_key: str) -> str:
    """The configuration of one pool, with its modules inside: a respawned process runs what the first one ran.

    It holds what must not be read by others: the journal's key and, for the sandbox, the secrets'.
    """
    modules = [f"(name = {_text(name)}, esModule = {_text((WORKERS / name).read_text())})," for name in _modules()]
    services: list[str] = []
    if pool == "front":
        bindings = _front_bindings(options)
        services += [_external("sandbox", sandbox_socket), _external("images", options.images_socket)]
    else:
        bindings = [_binding("SECRETS_KEY", base64.b64encode(options.secrets_key).decode())]
    bindings += [_binding("JOURNAL", journal_key), _binding("ROUTES_TTL_MS", round(options.routes_ttl * 1000))]
    return Template(TEMPLATE.read_text()).substitute(
        modules="\n        ".join(modules),
        compatibility_date=_text(COMPATIBILITY_DATE),
        bindings="\n        ".join(bindings),
        services="\n    ".join(services),
        store=_text(str(options.store)),
        networks=json.dumps(options.networks),
    )
