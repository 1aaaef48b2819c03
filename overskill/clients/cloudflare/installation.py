"""What an instance needs in its Cloudflare account, made where it is missing. Run again, it makes nothing twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from overskill.clients.cloudflare.buckets import R2_HOST, ensure_bucket
from overskill.clients.cloudflare.hostnames import ensure_fallback_origin
from overskill.clients.cloudflare.names import (
    apps_domain,
    dispatch_namespaces,
    dispatch_script,
    outbound_script,
    routes_title,
    usage_dataset,
)
from overskill.clients.cloudflare.namespaces import ensure_namespace
from overskill.clients.cloudflare.routing import ensure_record, ensure_route
from overskill.clients.cloudflare.scripts import Module, ScriptUpload, dispatch_path, put_script
from overskill.clients.cloudflare.transport import CloudflareApi
from overskill.clients.cloudflare.values import ensure_value_store
from overskill.clients.edge_manifest import COMPATIBILITY_DATE
from overskill.config import Settings
from overskill.errors import InvalidInput

_WORKERS = Path(__file__).parents[2] / "edge" / "workers"
DISPATCH_WORKER = _WORKERS / "dispatch"
OUTBOUND_WORKER = _WORKERS / "outbound"
_EGRESS = "EGRESS"  # what dispatch/apps.js says of an app and outbound.js reads

Say = Callable[[str], None]


@dataclass(frozen=True)
class Installation:
    """`variables` are the dispatch worker's settings, the same that the edge on one machine gives it."""

    settings: Settings
    api: CloudflareApi
    variables: Mapping[str, str]
    say: Say

    def run(self, *, with_domains: bool) -> None:
        """`with_domains`: every host of the zone comes to the dispatch worker, and so do creators' own."""
        domain = apps_domain(self.settings)
        if not domain:
            raise InvalidInput("OVERSKILL_APPS_URL must have {slug} in its host, such as https://{slug}.example.com.")
        for namespace in dispatch_namespaces(self.settings).values():
            self._tell(f"namespace {namespace}", is_made=ensure_namespace(self.api, namespace))
        store_id, is_made = ensure_value_store(self.api, routes_title(self.settings))
        self._tell(f"value store {routes_title(self.settings)}", is_made=is_made)
        self._bucket()
        outbound = outbound_script(self.settings)
        put_script(self.api, dispatch_path(self.api, outbound), _worker(OUTBOUND_WORKER))
        self.say(f"  put    worker {outbound}")
        script = dispatch_script(self.settings)
        put_script(self.api, dispatch_path(self.api, script), self._dispatch_worker(store_id))
        self.say(f"  put    worker {script}")
        for name in (domain, f"*.{domain}"):
            self._tell(f"record {name}", is_made=ensure_record(self.api, name))
            self._tell(f"route {name}/*", is_made=ensure_route(self.api, f"{name}/*", script))
        if with_domains:
            self._tell("route */*", is_made=ensure_route(self.api, "*/*", script))
            self._tell(f"fallback origin {domain}", is_made=ensure_fallback_origin(self.api, domain))

    def _bucket(self) -> None:
        host = urlsplit(self.settings.s3_endpoint).hostname or ""
        if self.settings.s3_bucket and host.endswith(R2_HOST):
            self._tell(f"bucket {self.settings.s3_bucket}", is_made=ensure_bucket(self.api, self.settings.s3_bucket))

    def _tell(self, what: str, *, is_made: bool) -> None:
        self.say(f"  {'made ' if is_made else 'found'}  {what}")

    def _dispatch_worker(self, store_id: str) -> ScriptUpload:
        """The same bytes as on one machine."""
        outbound = {"worker": {"service": outbound_script(self.settings)}, "params": [{"name": _EGRESS}]}
        bindings: list[dict[str, Any]] = [
            {
                "type": "dispatch_namespace",
                "name": f"NAMESPACE_{environment.upper()}",
                "namespace": namespace,
                "outbound": outbound,
            }
            for environment, namespace in dispatch_namespaces(self.settings).items()
        ]
        bindings.append({"type": "kv_namespace", "name": "ROUTES", "namespace_id": store_id})
        bindings.append({"type": "analytics_engine", "name": "USAGE", "dataset": usage_dataset(self.settings)})
        bindings.append({"type": "images", "name": "IMAGES"})
        bindings.append({"type": "plain_text", "name": "KEEPS_IMAGES", "text": "true"})  # each making of one costs
        bindings += [{"type": "plain_text", "name": name, "text": text} for name, text in self.variables.items()]
        return _worker(DISPATCH_WORKER, bindings)


def _worker(folder: Path, bindings: Sequence[Mapping[str, Any]] = ()) -> ScriptUpload:
    """All modules of a folder; the main one has its name."""
    return ScriptUpload(
        main_module=f"{folder.name}.js",
        modules={path.name: Module(path.read_bytes()) for path in sorted(folder.glob("*.js"))},
        compatibility_date=COMPATIBILITY_DATE,
        bindings=bindings,
        tags=[],
    )
