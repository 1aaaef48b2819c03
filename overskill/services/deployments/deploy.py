"""Running a publish: build, upload what is missing, flip the pointer, look. Every step is told as it happens."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from sqlmodel import Session

from overskill.clients.bundler import Asset
from overskill.clients.edge import Edge, Upload
from overskill.config import Settings
from overskill.db import transaction
from overskill.errors import NotFound, OverskillError, Unavailable
from overskill.models import App, Deployment, DeploymentStatus
from overskill.models.base import utc_now
from overskill.services.apps.env_vars import public_variables, secret_variables
from overskill.services.apps.findings import known_findings, refuse_critical, scan_version
from overskill.services.apps.versions import find_version
from overskill.services.builds import build_files, check_budget, with_content_types
from overskill.services.deployments.addresses import address_of
from overskill.services.deployments.live import KEPT_VERSIONS, kept_deployments, live_deployment
from overskill.services.deployments.published import described, published_files
from overskill.services.deployments.publisher import Publisher
from overskill.services.deployments.sweep import CANCELLED, GIVEN_UP, is_given_up, may_be_switched_on
from overskill.services.deployments.switch import settle, switch, switch_back
from overskill.services.deployments.telling import Cancelled, Claim, Source, Telling
from overskill.services.figures import count_words, size_words
from overskill.services.heartbeat import DEAD_AFTER, Superseded, heartbeat

_OUR_FAULT = "Something went wrong on our side while publishing. What was live before still is. Try again."
_CANCELLED = "It was cancelled before anything was switched. What was live before still is."
_NO_ANSWER = (
    "The new version did not answer as it should once it was live, so what was live before was put back. "
    "Look at the log, then try again."
)
_STUCK = (
    "The new version is live and does not answer as it should, and the edge could not be told to go back. "
    "Put an earlier publish back as soon as the edge answers."
)


def run_deployment(deployment_id: UUID, publisher: Publisher) -> None:
    """Publish one version. Ends deployed, failed or cancelled, and says so on its row; safe to call twice."""
    with transaction() as session:
        claim = _claim(session, deployment_id, publisher.settings)
    if claim is None:
        return
    told = Telling(claim, publisher.log)
    try:
        with heartbeat(told.beat):
            if claim.is_given_up:
                _conclude(claim, told, publisher)
            else:
                _run(claim, told, publisher)
    except Superseded:
        return
    except Cancelled:
        told.end(DeploymentStatus.CANCELLED, _CANCELLED, error=_CANCELLED)
    except OverskillError as error:
        told.end(DeploymentStatus.FAILED, error.message, error=error.message)
    except Exception:
        told.end(DeploymentStatus.FAILED, _OUR_FAULT, error=_OUR_FAULT)
        raise


def _claim(session: Session, deployment_id: UUID, settings: Settings) -> Claim | None:
    row = session.get(Deployment, deployment_id, with_for_update=True)
    if row is None or row.status.is_final or row.needs_approval:
        return None
    working = row.status is not DeploymentStatus.PENDING
    if working and row.last_progress_at > utc_now() - DEAD_AFTER:
        return None  # somebody is at it
    app = session.get_one(App, row.app_id)
    is_over = is_given_up(row) and may_be_switched_on(row)
    row.attempt += 1
    row.status = DeploymentStatus.BUILDING
    row.build_started_at = row.last_progress_at = utc_now()
    session.add(row)
    source = _source(session, row)
    return Claim(
        deployment_id=row.id,
        attempt=row.attempt,
        app_id=app.id,
        slug=app.slug,
        environment=row.environment,
        version=row.version,
        description=app.description,
        canary_percent=row.canary_percent,
        address=address_of(settings, row.environment, app.slug),
        files={} if source else published_files(session, app, row, settings=settings),
        source=source,
        is_scanned=known_findings(find_version(session, app.id, row.version)) is not None,
        variables=public_variables(session, app.id, row.environment, settings=settings),
        secrets=secret_variables(session, app.id, row.environment, settings=settings),
        was_cancelled=row.cancel_requested,
        is_given_up=is_over,
    )


def _source(session: Session, row: Deployment) -> Source | None:
    moved = session.get(Deployment, row.promoted_from_id) if row.promoted_from_id else None
    return Source(moved.environment, moved.edge_version, moved.size) if moved else None


def _run(claim: Claim, told: Telling, publisher: Publisher) -> None:
    with transaction() as session:
        carried = _carried(session, claim)
    if claim.source is None:
        edge_version = _build(claim, told, publisher, carried)
    else:
        edge_version = _move(claim, claim.source, told, publisher.edge, carried)
    told.line("Uploaded. Switching the address over")
    switched = switch(claim, told, publisher, edge_version)
    if switched.refusal:
        told.end(DeploymentStatus.CANCELLED, switched.refusal, error=switched.refusal)
        return
    if switched.is_trial:
        told.ring()
        return
    if publisher.health.shows(claim.address, str(claim.version)) is False:
        told.line("It does not answer. Switching back")
        try:
            switch_back(claim, told, publisher.edge, switched.before)
        except Unavailable:
            told.end(DeploymentStatus.FAILED, _STUCK, error=_STUCK)
            return
        told.end(DeploymentStatus.FAILED, _NO_ANSWER, error=_NO_ANSWER)
        return
    told.end(DeploymentStatus.DEPLOYED, f"Live at {claim.address}", deploy_completed_at=utc_now())
    publisher.edge.prune(claim.environment, claim.slug, [*carried, edge_version])


def _conclude(claim: Claim, told: Telling, publisher: Publisher) -> None:
    """The last word on a publish that is not begun again, although it may be on the air."""
    try:
        is_on_the_air = settle(claim, told, publisher)
    except Unavailable:
        return  # the sweep has it asked again
    if is_on_the_air:
        told.end(DeploymentStatus.DEPLOYED, f"Live at {claim.address}", deploy_completed_at=utc_now())
    elif claim.was_cancelled:
        told.end(DeploymentStatus.CANCELLED, CANCELLED, error=CANCELLED)
    else:
        told.end(DeploymentStatus.FAILED, GIVEN_UP, error=GIVEN_UP)


def _build(claim: Claim, told: Telling, publisher: Publisher, carried: list[str]) -> str:
    """Returns the version that the edge holds now, and shows to nobody yet."""
    if not claim.is_scanned:
        told.line(f"Checking version {claim.version} for unsafe code")
    told.step(DeploymentStatus.BUILDING, f"Building version {claim.version}: {len(claim.files)} files")
    with ThreadPoolExecutor(1, "scan") as pool:  # the two wait for processes of their own
        scanned = pool.submit(scan_version, claim.app_id, claim.version, publisher.bundler)
        built = build_files(
            claim.files,
            app_id=claim.app_id,
            deployment_id=claim.deployment_id,
            environment=claim.environment,
            builds=publisher.builds,
            tell=told.line,
        )
    refuse_critical(scanned.result())
    assets = with_content_types(described(built.bundle.assets, claim.description))
    facts = check_budget(assets, script_bytes=sum(map(len, built.bundle.modules.values())))
    if facts.warning:
        told.line(facts.warning)
    told.step(
        DeploymentStatus.DEPLOYING,
        f"{built.words}: {size_words(facts.size)} in {count_words(facts.count, 'file')}. Uploading",
        build_completed_at=utc_now(),
        deploy_started_at=utc_now(),
        builder=built.builder,
        size=facts.size,
    )
    return publisher.edge.upload(_upload(claim, assets, built.bundle.modules, carried))


def _move(claim: Claim, source: Source, told: Telling, edge: Edge, carried: list[str]) -> str:
    """As `_build`, of what an environment shows: its bytes are there already."""
    moves = source.environment is not claim.environment
    told.step(
        DeploymentStatus.DEPLOYING,
        f"Moving version {claim.version} from {source.environment} to {claim.environment}, as it is"
        if moves
        else f"Giving version {claim.version} the variables that {claim.environment} has now",
        build_started_at=None,
        deploy_started_at=utc_now(),
        size=source.size,
    )
    try:
        return edge.copy(
            source.edge_version,
            claim.slug,
            source.environment,
            claim.environment,
            variables=claim.variables,
            secrets=claim.secrets,
            carry=carried,
        )
    except NotFound:
        raise NotFound(f"What {source.environment} showed then is not kept any more. Move what it shows now.") from None


def _upload(claim: Claim, assets: Mapping[str, Asset], modules: Mapping[str, bytes], carried: list[str]) -> Upload:
    return Upload(
        environment=claim.environment,
        script=claim.slug,
        app_id=str(claim.app_id),
        version=str(claim.version),
        assets=assets,
        variables=claim.variables,
        carry=carried,
        modules=modules,
        secrets=claim.secrets,
    )


def _carried(session: Session, claim: Claim) -> list[str]:
    """The edge versions of the two publishes before this one, oldest first, and of one that was put back since."""
    before = kept_deployments(session, claim.app_id, claim.environment, limit=KEPT_VERSIONS - 1)
    live = live_deployment(session, claim.app_id, claim.environment)
    rows = [*reversed(before), *([live] if live is not None and live.id != claim.deployment_id else [])]
    return list(dict.fromkeys(row.edge_version for row in rows))
