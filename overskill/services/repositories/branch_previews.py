"""What is shown of a commit that is no version of the app: a pull request's head, a branch ahead of the app.

Each has a script of its own beside the app's, `<slug>--pr-12`, so that nothing the creator shows is touched. What is
shown is kept in Redis; without it GitHub tells again.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from uuid import UUID

import orjson
from redis import Redis

from overskill.clients.bundler import Bundle
from overskill.clients.edge import Upload
from overskill.clients.variables import without_values
from overskill.db import transaction
from overskill.models import App, DeploymentEnvironment
from overskill.services.apps.access import refuse_suspended
from overskill.services.apps.env_vars import public_variables, secret_variables, variables_file
from overskill.services.apps.findings import refuse_critical
from overskill.services.builds import check_budget, with_content_types
from overskill.services.builds.inputs import build_key
from overskill.services.deployments.addresses import address_of, script_beside
from overskill.services.deployments.published import described
from overskill.services.deployments.publisher import Publisher
from overskill.services.deployments.serving import route_of

_KEPT = "overskill:branch-previews"


@dataclass(frozen=True, slots=True)
class BranchPreview:
    """`error`: why `commit` is not what its address shows; "" where it is."""

    repository_id: str
    app_id: str
    label: str  # "pr-12", "staging"
    environment: str
    script: str
    commit: str
    url: str = ""  # "": nothing was ever shown
    error: str = ""

    @property
    def number(self) -> int:
        """Of its pull request; 0 for a branch."""
        return int(self.label.removeprefix("pr-")) if self.label.startswith("pr-") else 0


def place_of(app: App, repository_id: UUID, label: str, environment: DeploymentEnvironment) -> BranchPreview:
    return BranchPreview(str(repository_id), str(app.id), label, environment.value, script_beside(app, label), "")


def is_at_its_place(preview: BranchPreview, app: App) -> bool:
    """False once the app has another address: the one before may be another app's now."""
    return preview.script == script_beside(app, preview.label)


def show(preview: BranchPreview, files: Mapping[str, str], commit: str, publisher: Publisher) -> BranchPreview:
    """Build and publish. Raises what building, the scan and the edge raise; what was shown before still is."""
    environment = DeploymentEnvironment(preview.environment)
    with transaction() as session:
        app = session.get_one(App, UUID(preview.app_id))
        refuse_suspended(app)
        variables = public_variables(session, app.id, environment, settings=publisher.settings)
        secrets = secret_variables(session, app.id, environment, settings=publisher.settings)
    refuse_critical(publisher.bundler.scan(files))
    bundle = _build(app.id, {**files, **variables_file(variables)}, publisher)
    assets = with_content_types(described(bundle.assets, app.description))
    check_budget(assets, script_bytes=sum(map(len, bundle.modules.values())))
    follow_route(preview, app, publisher)
    upload = Upload(
        environment=environment,
        script=preview.script,
        app_id=str(app.id),
        version=commit[:7],
        assets=assets,
        variables=variables,
        modules=bundle.modules,
        secrets=secrets,
    )
    edge_version = publisher.edge.upload(upload)
    publisher.edge.activate(environment, preview.script, edge_version)
    publisher.edge.prune(environment, preview.script, [edge_version])
    url = address_of(publisher.settings, environment, preview.script)
    return replace(preview, commit=commit, url=url, error="")


def follow_route(preview: BranchPreview, app: App, publisher: Publisher) -> None:
    """Seen by the same people, with the same limits, as the app itself is in this environment, whether anything of it
    is shown there or not."""
    with transaction() as session:
        environment = DeploymentEnvironment(preview.environment)
        wanted = route_of(session, app, environment, canary=0, settings=publisher.settings)
    if publisher.routes.app(preview.environment, preview.script) != wanted:
        publisher.routes.put_app(preview.environment, preview.script, wanted)


def take_down(preview: BranchPreview, publisher: Publisher) -> None:
    """Safe to call twice."""
    publisher.edge.remove(preview.environment, preview.script)
    publisher.edge.prune(preview.environment, preview.script, [])
    publisher.routes.delete_app(preview.environment, preview.script)


def keep(preview: BranchPreview, redis: Redis) -> None:
    redis.hset(_KEPT, _field(preview.repository_id, preview.label), orjson.dumps(asdict(preview)).decode())


def forget(preview: BranchPreview, redis: Redis) -> None:
    redis.hdel(_KEPT, _field(preview.repository_id, preview.label))


def hand_over(before: UUID, now: UUID, redis: Redis) -> None:
    """To the same repository, which has another id now."""
    for preview in all_kept(redis):
        if preview.repository_id == str(before):
            keep(replace(preview, repository_id=str(now)), redis)
            forget(preview, redis)


def kept(redis: Redis, repository_id: UUID, label: str) -> BranchPreview | None:
    found = redis.hget(_KEPT, _field(str(repository_id), label))
    return BranchPreview(**orjson.loads(found)) if isinstance(found, bytes) else None


def all_kept(redis: Redis) -> list[BranchPreview]:
    return [BranchPreview(**orjson.loads(found)) for found in redis.hvals(_KEPT)]  # type: ignore[union-attr]  # sync


def kept_of(redis: Redis, app_id: UUID) -> list[BranchPreview]:
    """By label, the newest pull request first."""
    found = [preview for preview in all_kept(redis) if preview.app_id == str(app_id)]
    return sorted(found, key=lambda preview: (-preview.number, preview.label))


def _field(repository_id: str, label: str) -> str:
    return f"{repository_id} {label}"


def _build(app_id: UUID, files: Mapping[str, str], publisher: Publisher) -> Bundle:
    """On this machine: what builders elsewhere are judged by are publishes of versions."""
    key = build_key(files)
    known = publisher.builds.cache.find(key)
    if known is not None:
        return known
    bundle = publisher.bundler.build(without_values(files), app_id=app_id)
    publisher.builds.cache.keep(key, bundle)
    return bundle
