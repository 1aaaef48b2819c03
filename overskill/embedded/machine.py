"""OverSkill on one machine: everything brought up in the right order, and taken down again."""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

from overskill.config import Settings
from overskill.embedded import frontend
from overskill.embedded.instance import Instance, only_one
from overskill.embedded.migrations import migrate_if_needed
from overskill.embedded.parts import Role, parts_of, ports_of, run_here
from overskill.embedded.places import Home
from overskill.embedded.ports import check_ports
from overskill.embedded.process import ProcessIdentity
from overskill.embedded.secret import with_secret_key
from overskill.embedded.servers import Servers
from overskill.embedded.steps import Steps
from overskill.embedded.stopping import StopRequest
from overskill.embedded.supervisor import Supervisor, end_leftovers
from overskill.embedded.together import together

_READY_SECONDS = 90.0


@contextmanager
def machine(
    settings: Settings,
    roles: Collection[Role],
    *,
    purpose: str,
    steps: Steps,
    stop: StopRequest,
    meanwhile: Callable[[Instance], None] = lambda _: None,
) -> Iterator[Instance]:
    """Have these roles running, with their servers, and stop all of it at the end.

    `purpose` is what another start on the same data folder is told. `meanwhile` runs while the parts start.
    """
    settings = with_secret_key(settings)
    roles = run_here(settings, roles)
    home = Home.of(settings).create()
    with ExitStack() as stack:
        stack.enter_context(only_one(home, purpose))
        end_leftovers(home)
        check_ports(ports_of(settings, roles), settings.host)
        servers = Servers(settings, home)
        stack.callback(servers.stop)
        together(_preparations(home, roles, servers, steps), stop)
        instance = _instance(settings, servers)
        supervisor = Supervisor(
            parts_of(settings, roles, servers.redis_url),
            home=home,
            environment=_environment(settings, home, servers),
            echo=steps.say,
        )
        stack.callback(supervisor.stop)
        supervisor.start()
        meanwhile(instance)
        with steps.step("Waiting until every part answers"):
            supervisor.wait_until_ready(_READY_SECONDS, stop.check)
        yield instance


def _preparations(home: Home, roles: Collection[Role], servers: Servers, steps: Steps) -> list[Callable[[], None]]:
    def database() -> None:
        with steps.step("Starting Postgres"):
            servers.start_database()
        with steps.step("Migrating the database"):
            migrate_if_needed(servers.database_url, home)

    def redis() -> None:
        with steps.step("Starting Valkey"):
            servers.start_redis()

    def bundler() -> None:
        from overskill.bundler.setup import prepare

        with steps.step("Preparing the bundler"):
            prepare(home.root, steps.say)

    def edge() -> None:
        from overskill.edge.setup import prepare

        with steps.step("Preparing the edge"):
            prepare(home.root, steps.say)

    def front_end() -> None:
        with steps.step("Building the front end"):
            frontend.build_if_changed(home)

    for_roles = {Role.BUNDLER: bundler, Role.EDGE: edge, Role.WEB: front_end}
    return [database, redis, *(task for role, task in for_roles.items() if role in roles)]


def _environment(settings: Settings, home: Home, servers: Servers) -> dict[str, str]:
    """What every part is told; the rest it reads from the same environment and .env as we do."""
    return os.environ | {
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "OVERSKILL_HOME": str(home.root),
        "OVERSKILL_SECRET_KEY": settings.secret_key.get_secret_value(),
        "PYTHONUNBUFFERED": "1",
    }


def _instance(settings: Settings, servers: Servers) -> Instance:
    ourselves = ProcessIdentity.of(os.getpid())
    if ourselves is None:
        raise RuntimeError("This process does not exist.")
    return Instance(
        supervisor=ourselves,
        started_at=datetime.now(UTC),
        database_url=servers.database_url,
        redis_url=servers.redis_url,
        site_url=settings.site_url,
        web_port=settings.web_port,
        preview_port=settings.preview_port,
        edge_port=settings.edge_port,
    )
