"""One edge as the suite sees it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from overskill.clients.edge import Edge, Upload
from overskill.clients.edge_routes import AppRoute, EdgeRoutes
from tests.support_edge import Answer
from tests.support_waiting import PATIENCE_SECONDS, eventually

SPREADING_SECONDS = 90.0  # a route at Cloudflare is everywhere after a minute


@dataclass
class Place:
    edge: Edge
    routes: EdgeRoutes
    apps_url: str  # with {slug} in it
    connect_to: str = ""  # where all hosts are, when their names lead nowhere: "127.0.0.1:8787"
    _client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=PATIENCE_SECONDS, trust_env=False))
    _published: list[tuple[str, str]] = field(default_factory=list)

    @property
    def serves_any_host(self) -> bool:
        """Whether a domain can be tried that nobody registered."""
        return bool(self.connect_to)

    def ask(
        self,
        app: str,
        path: str = "/",
        *,
        environment: str = "production",
        host: str = "",
        method: str = "GET",
        body: bytes | None = None,
        **headers: str,
    ) -> Answer:
        """Nothing is followed or decoded; `path` is sent as it is written. `accept_encoding="br"` names a header."""
        label = app if environment == "production" else f"{environment}--{app}"
        address = urlsplit(self.apps_url.replace("{slug}", label))
        sent = {"Accept-Encoding": "identity", "Host": host or address.netloc}
        sent |= {name.replace("_", "-").title(): value for name, value in headers.items()}
        base = f"{address.scheme}://{self.connect_to or address.netloc}"
        url = httpx.URL(base).copy_with(raw_path=path.encode())
        with self._client.stream(method, url, headers=sent, content=body) as response:
            self._client.cookies.clear()  # a visitor's cookies are what the test sends
            pairs = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, pairs, b"".join(response.iter_raw()))

    def publish(self, upload: Upload) -> str:
        """Its id, once visitors get it."""
        version_id = self.edge.upload(upload)
        self.switch(upload.environment, upload.script, version_id)
        return version_id

    def switch(self, environment: str, script: str, version_id: str) -> None:
        self.edge.activate(environment, script, version_id)
        self._published.append((environment, script))

    def route(self, script: str, *, environment: str = "production", **how: object) -> AppRoute:
        route = AppRoute(app_id=f"id-{script}", **how)  # type: ignore[arg-type]
        self.routes.put_app(environment, script, route)
        return route

    def soon(self, condition: Callable[[], bool]) -> bool:
        """Whether it comes true: at once on one machine, when it has spread at Cloudflare."""
        return eventually(condition, SPREADING_SECONDS)

    def clear(self) -> None:
        self._client.close()
        for environment, script in dict.fromkeys(self._published):
            self.edge.remove(environment, script)
            self.routes.delete_app(environment, script)
            self.edge.prune(environment, script, keep=[])
