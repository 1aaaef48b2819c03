"""Running a publish: build, upload what is missing, flip the pointer. Every step is told as it happens."""

import time
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.bundler import Bundle, Bundler
from overskill.clients.edge import Edge, Upload
from overskill.clients.jobs import JobQueue
from overskill.config import Settings
from overskill.db import after_commit, transaction
from overskill.errors import OverskillError
from overskill.models import App, AppStatus, Deployment, DeploymentEnvironment, DeploymentStatus
from overskill.models.base import utc_now
from overskill.services.apps.findings import known_findings, refuse_critical, scan_version
from overskill.services.apps.versions import find_version
from overskill.services.deployments.published import published_files
from overskill.services.deployments.request import (
    DEPLOY_JOB,
    KEPT_VERSIONS,
    deployment_topic,
    kept_deployments,
    mark_live,
)
from overskill.services.figures import duration_words, size_words
from overskill.services.generation.requests import app_topic
from overskill.services.heartbeat import DEAD_AFTER, Superseded, heartbeat
from overskill.services.progress import ProgressLog

LOST_AFTER = timedelta(seconds=15)
_OUR_FAULT = "Something went wrong on our side while publishing. What was live before still is. Try again."


@dataclass(frozen=True)
class _Claim:
    deployment_id: UUID
    attempt: int
    app_id: UUID
    slug: str
    environment: str
    version: int
    files: dict[str, str]
    is_scanned: bool


def run_deployment(
    deployment_id: UUID, *, bundler: Bundler, edge: Edge, log: ProgressLog, settings: Settings, address: str = ""
) -> None:
    """Publish one version. Ends deployed, failed or cancelled, and says so on its row; safe to call twice.

    `address` is the app's address with `{slug}` in it, shown as the deployment's URL.
    """
    with transaction() as session:
        claim = _claim(session, deployment_id, settings)
    if claim is None:
        return
    told = _Telling(claim, log)
    try:
        with heartbeat(told.beat):
            _run(claim, told, bundler, edge, address.replace("{slug}", claim.slug))
    except Superseded:
        return
    except OverskillError as error:
        told.end(DeploymentStatus.FAILED, error.message, error=error.message)
    except Exception:
        told.end(DeploymentStatus.FAILED, _OUR_FAULT, error=_OUR_FAULT)
        raise


def _claim(session: Session, deployment_id: UUID, settings: Settings) -> _Claim | None:
    row = session.get(Deployment, deployment_id, with_for_update=True)
    if row is None or row.status.is_final:
        return None
    working = row.status is not DeploymentStatus.PENDING
    if working and row.last_progress_at > utc_now() - DEAD_AFTER:
        return None  # somebody is at it
    app = session.get_one(App, row.app_id)
    row.attempt += 1
    row.status = DeploymentStatus.BUILDING
    row.build_started_at = row.last_progress_at = utc_now()
    session.add(row)
    files = published_files(session, app, row, settings=settings)
    is_scanned = known_findings(find_version(session, app.id, row.version)) is not None
    return _Claim(row.id, row.attempt, app.id, app.slug, row.environment, row.version, files, is_scanned)


def _run(claim: _Claim, told: "_Telling", bundler: Bundler, edge: Edge, url: str) -> None:
    if not claim.is_scanned:
        told.line(f"Checking version {claim.version} for unsafe code")
    refuse_critical(scan_version(claim.app_id, claim.version, bundler))
    told.step(DeploymentStatus.BUILDING, f"Building version {claim.version}: {len(claim.files)} files")
    bundle = bundler.build(claim.files)
    made = f"{size_words(bundle.size)} in {len(bundle.assets)} files"
    told.step(
        DeploymentStatus.DEPLOYING,
        f"Built in {duration_words(bundle.milliseconds / 1000)}: {made}. Uploading",
        build_completed_at=utc_now(),
        deploy_started_at=utc_now(),
        size=bundle.size,
    )
    with transaction() as session:
        carried = _carried(session, claim)
    edge_version = edge.upload(_upload(claim, bundle, carried))
    told.line("Uploaded. Switching the address over")
    if refused := _switch(claim, told, edge, edge_version, url):
        told.end(DeploymentStatus.CANCELLED, refused)
        return
    told.end(DeploymentStatus.DEPLOYED, f"Live at {url}", deploy_completed_at=utc_now())
    edge.prune(claim.environment, claim.slug, [*carried, edge_version][-KEPT_VERSIONS:])


def _switch(claim: _Claim, told: "_Telling", edge: Edge, edge_version: str, url: str) -> str:
    """Flip the pointer, or say why not. Publishes of one app switch one after another."""
    with transaction() as session:
        app = session.get_one(App, claim.app_id, with_for_update=True)
        row = told.fence(session)
        if app.status is AppStatus.DELETED:
            return "The app was deleted meanwhile, so it was not switched on."
        if _newer_is_live(session, row):
            return "A later publish is already live, so this one was not switched on."
        edge.activate(claim.environment, claim.slug, edge_version)
        row.edge_version, row.url = edge_version, url
        mark_live(session, row)
    return ""


def _upload(claim: _Claim, bundle: Bundle, carried: list[str]) -> Upload:
    return Upload(
        environment=claim.environment,
        script=claim.slug,
        app_id=str(claim.app_id),
        version=str(claim.version),
        assets=bundle.assets,
        carry=carried,
    )


def _carried(session: Session, claim: _Claim) -> list[str]:
    """The edge versions of the two publishes before this one, oldest first."""
    environment = DeploymentEnvironment(claim.environment)
    before = kept_deployments(session, claim.app_id, environment, limit=KEPT_VERSIONS - 1)
    return list(dict.fromkeys(row.edge_version for row in reversed(before)))


def _newer_is_live(session: Session, row: Deployment) -> bool:
    live = session.exec(
        select(Deployment.created_at).where(
            Deployment.app_id == row.app_id, Deployment.environment == row.environment, col(Deployment.is_live)
        )
    ).one_or_none()
    return live is not None and live > row.created_at


class _Telling:
    """Writes each step: first the line, then the row, then the bell. Whoever wakes sees both."""

    def __init__(self, claim: _Claim, log: ProgressLog) -> None:
        self._claim = claim
        self._log = log
        self._began = time.monotonic()

    def line(self, text: str) -> None:
        entry = {"text": text, "at": round(time.monotonic() - self._began, 2)}
        self._log.write(deployment_topic(self._claim.deployment_id), entry)

    def step(self, status: DeploymentStatus, text: str, **fields: Any) -> None:
        self.line(text)
        with transaction() as session:
            row = self.fence(session)
            row.sqlmodel_update({"status": status, "last_progress_at": utc_now(), **fields})
            session.add(row)
        self._log.ring(app_topic(self._claim.app_id))

    def end(self, status: DeploymentStatus, text: str, **fields: Any) -> None:
        try:
            self.step(status, text, **fields)
        except Superseded:
            return
        self._log.ring(deployment_topic(self._claim.deployment_id))

    def beat(self, session: Session) -> None:
        row = self.fence(session)
        row.last_progress_at = utc_now()
        session.add(row)

    def fence(self, session: Session) -> Deployment:
        """The row, locked, if this attempt still owns it. Raises Superseded."""
        row = session.get_one(Deployment, self._claim.deployment_id, with_for_update=True)
        if row.attempt != self._claim.attempt or row.status.is_final:
            raise Superseded
        return row


def sweep_deployments(session: Session, queue: JobQueue) -> int:
    """Enqueue again what was lost between commit and enqueue, or whose worker died. Returns how many."""
    now = utc_now()
    pending = col(Deployment.status) == DeploymentStatus.PENDING
    working = col(Deployment.status).in_([DeploymentStatus.BUILDING, DeploymentStatus.DEPLOYING])
    quiet_since = col(Deployment.last_progress_at)
    stuck = session.exec(
        select(Deployment)
        .where((pending & (quiet_since < now - LOST_AFTER)) | (working & (quiet_since < now - DEAD_AFTER)))
        .limit(100)
        .with_for_update(skip_locked=True)
    ).all()
    for row in stuck:
        row.status = DeploymentStatus.PENDING
        row.last_progress_at = now
        session.add(row)
        after_commit(session, partial(queue.enqueue, DEPLOY_JOB, str(row.id), queue="deploy"))
    return len(stuck)
