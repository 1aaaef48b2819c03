"""What publishing needs of the world."""

from dataclasses import dataclass

from overskill.clients.bundler import Bundler
from overskill.clients.edge import Edge
from overskill.clients.edge_health import EdgeHealth
from overskill.clients.edge_routes import EdgeRoutes
from overskill.clients.edge_usage import EdgeUsage
from overskill.config import Settings
from overskill.services.builds import Builds
from overskill.services.deployments.ended_trials import EndedTrials
from overskill.services.deployments.offline_wishes import OfflineWishes
from overskill.services.progress import ProgressLog


@dataclass(frozen=True)
class Publisher:
    bundler: Bundler
    builds: Builds
    edge: Edge
    routes: EdgeRoutes
    usage: EdgeUsage
    health: EdgeHealth
    ended_trials: EndedTrials
    offline_wishes: OfflineWishes
    log: ProgressLog
    settings: Settings
