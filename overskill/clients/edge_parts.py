"""The edge that the settings choose, with all that belongs to it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from overskill.clients.custom_hosts import CustomHosts, ProxiedHosts
from overskill.clients.edge import Edge
from overskill.clients.edge_health import EdgeHealth, HttpHealth
from overskill.clients.edge_routes import EdgeRoutes, EmbeddedRoutes
from overskill.clients.edge_usage import EdgeUsage
from overskill.clients.objects import ObjectStore
from overskill.config import Settings

if TYPE_CHECKING:
    from redis import Redis

SECONDS_TO_SPREAD = 30.0  # until all of Cloudflare's places have what was put


@dataclass(frozen=True)
class EdgeParts:
    edge: Edge
    routes: EdgeRoutes
    usage: EdgeUsage
    hosts: CustomHosts
    health: EdgeHealth


def edge_parts(settings: Settings, redis: "Redis", objects: ObjectStore) -> EdgeParts:
    return _cloudflare(settings, redis, objects) if settings.edge == "cloudflare" else _embedded(settings, redis)


def _embedded(settings: Settings, redis: "Redis") -> EdgeParts:
    from overskill.clients.edge_embedded import EmbeddedEdge
    from overskill.clients.edge_embedded_usage import EmbeddedUsage

    edge = EmbeddedEdge(settings)
    return EdgeParts(
        edge=edge,
        routes=EmbeddedRoutes(settings),
        usage=EmbeddedUsage(redis),
        hosts=ProxiedHosts(),
        health=HttpHealth(listening=edge.address),
    )


def _cloudflare(settings: Settings, redis: "Redis", objects: ObjectStore) -> EdgeParts:
    from overskill.clients.cloudflare.budget import RedisCallBudget
    from overskill.clients.cloudflare.connect import connect
    from overskill.clients.cloudflare.edge import CloudflareEdge
    from overskill.clients.cloudflare.hosts import CloudflareHosts
    from overskill.clients.cloudflare.routes import CloudflareRoutes
    from overskill.clients.cloudflare.usage import CloudflareUsage

    api = connect(settings, RedisCallBudget(redis, settings.cloudflare_account_id))
    return EdgeParts(
        edge=CloudflareEdge(settings, api, objects),
        routes=CloudflareRoutes(settings, api),
        usage=CloudflareUsage(settings, api),
        hosts=CloudflareHosts(api),
        health=HttpHealth(patience=SECONDS_TO_SPREAD),
    )
