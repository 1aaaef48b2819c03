"""Routes of apps and domains in Workers KV, where the dispatch worker reads them."""

import json

from overskill.clients.cloudflare.failures import STILL_LIVE
from overskill.clients.cloudflare.names import routes_title
from overskill.clients.cloudflare.transport import CloudflareApi
from overskill.clients.cloudflare.values import ValueStore, find_value_store
from overskill.clients.edge_routes import (
    AppRoute,
    HostRoute,
    app_key,
    app_value,
    host_key,
    host_value,
    read_app_value,
)
from overskill.config import Settings
from overskill.errors import Unavailable


class CloudflareRoutes:
    """Seen within a minute: workers keep what they read for so long."""

    def __init__(self, settings: Settings, api: CloudflareApi) -> None:
        self._api = api
        self._title = routes_title(settings)
        self._found: ValueStore | None = None

    def put_app(self, environment: str, script: str, route: AppRoute) -> None:
        self._store().put(app_key(environment, script), app_value(route))

    def app(self, environment: str, script: str) -> AppRoute | None:
        value = self._store().get(app_key(environment, script))
        return None if value is None else read_app_value(value)

    def delete_app(self, environment: str, script: str) -> None:
        self._store().delete(app_key(environment, script))

    def put_host(self, host: str, route: HostRoute) -> None:
        self._store().put(host_key(host), host_value(route))

    def host(self, host: str) -> HostRoute | None:
        value = self._store().get(host_key(host))
        return None if value is None else HostRoute(**json.loads(value))

    def delete_host(self, host: str) -> None:
        self._store().delete(host_key(host))

    def _store(self) -> ValueStore:
        if self._found is None:
            store_id = find_value_store(self._api, self._title)
            if not store_id:
                raise Unavailable(
                    "Cloudflare is not set up for this. Whoever runs OverSkill must run ./run cloudflare setup. "
                    f"{STILL_LIVE}"
                )
            self._found = ValueStore(self._api, store_id)
        return self._found
