import json
import os
from collections.abc import Iterator

import pytest

from overskill.clients.edge_routes import EmbeddedRoutes
from overskill.config import Settings
from overskill.container import build
from tests.edge.conformance.place import Place
from tests.support_edge import RunningEdge, settings_for


@pytest.fixture(scope="session", params=["embedded", "cloudflare"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """The edge under test. Apps have names of their own in each test."""
    if request.param == "cloudflare":
        made = _cloudflare()
    else:
        edge: RunningEdge = request.getfixturevalue("edge")
        routes = EmbeddedRoutes(settings_for(edge.home, edge.port))
        made = Place(edge.client, routes, f"http://{{slug}}.localhost:{edge.port}", f"127.0.0.1:{edge.port}")
    yield made
    made.clear()


def _cloudflare() -> Place:
    apps_url, values = os.environ.get("CONFORMANCE_APPS_URL"), os.environ.get("CONFORMANCE_SETTINGS")
    if not apps_url or not values:
        pytest.skip("No Cloudflare account: set CONFORMANCE_APPS_URL and CONFORMANCE_SETTINGS")
    services = build(Settings.model_validate(json.loads(values)), "redis://127.0.0.1:1")
    return Place(services.edge, services.routes, apps_url)
