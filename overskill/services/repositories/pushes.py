"""A push that its workflow asks to be published: what `main` is now goes to production, `staging` to staging.

    asked by the workflow ──► brought in as a version, as any push ──► a publish of that version, as any other
    `staging` ahead of the app ──► shown beside staging, at an address of its own: it is no version yet

Who connected the repository is who publishes, so a protected environment waits for its approval as it always does.
"""

from dataclasses import asdict, dataclass, replace
from functools import partial
from uuid import UUID

import orjson
from redis import Redis
from sqlmodel import Session

from overskill.clients.bundler import Bundler
from overskill.clients.github import CodeHost, CodeRepository
from overskill.clients.jobs import JobQueue
from overskill.config import Settings
from overskill.db import after_commit, transaction
from overskill.errors import Conflict, InvalidInput, NotAllowed, NotFound, OverskillError, Unavailable
from overskill.models import App, Deployment, DeploymentEnvironment, DeploymentStatus, Repository
from overskill.services.accounts.tokens import make_token
from overskill.services.apps.access import app_to_change
from overskill.services.deployments import live_deployment, request_deployment
from overskill.services.deployments.addresses import address_of
from overskill.services.deployments.publisher import Publisher
from overskill.services.deployments.serving import serving_of
from overskill.services.repositories.branch_previews import forget, keep, kept, place_of, show, take_down
from overskill.services.repositories.deploy_tokens import repository_with
from overskill.services.repositories.importing import read_commit
from overskill.services.repositories.publishing import STAGING_BRANCH
from overskill.services.repositories.sync import sync_repository

PUSH_JOB = "overskill.jobs.repositories.publish_push"
_SECONDS = 24 * 3600
_PATIENCE = 60  # seconds, while a webhook's job brings the same push in
_OUR_FAULT = "Something went wrong on our side. What was live before still is. Run the workflow again."


@dataclass(frozen=True, slots=True)
class PushWish:
    """`deployment_id` and `error`, `url`: what came of it so far."""

    id: str
    repository_id: str
    app_id: str
    commit: str
    branch: str
    deployment_id: str = ""
    url: str = ""
    words: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class PushTold:
    """For the workflow. `status`: "running", "waiting" for an approval, "published", "failed"."""

    status: str
    words: str
    url: str = ""


def ask_to_publish(
    session: Session, token: str, commit: str, branch: str, *, redis: Redis, queue: JobQueue, settings: Settings
) -> str:
    """The name to ask by. Raises NotAllowed, Conflict where it is paused, InvalidInput for another branch."""
    row, app = repository_with(session, token, settings=settings)
    if row.is_paused:
        raise Conflict("The repository is paused in OverSkill. Resume it in the app's settings first.")
    if branch not in (row.branch, STAGING_BRANCH):
        raise InvalidInput(f"Only {row.branch} and {STAGING_BRANCH} are published. Open a pull request for a preview.")
    wish = PushWish(make_token(), str(row.id), str(app.id), commit, branch)
    _keep(redis, wish)
    after_commit(session, partial(queue.enqueue, PUSH_JOB, wish.id, queue="low"))
    return wish.id


def told_of_push(session: Session, token: str, name: str, *, redis: Redis, settings: Settings) -> PushTold:
    """Raises NotAllowed, and NotFound for another repository's."""
    row, _ = repository_with(session, token, settings=settings)
    wish = _find(redis, name)
    if wish is None or wish.repository_id != str(row.id):
        raise NotFound("There is no such publish, or it was more than a day ago.")
    if wish.error:
        return PushTold("failed", wish.error)
    if wish.url:
        return PushTold("published", wish.words, wish.url)
    found = session.get(Deployment, UUID(wish.deployment_id)) if wish.deployment_id else None
    return PushTold("running", "It is being read.") if found is None else _told(found)


def _told(row: Deployment) -> PushTold:
    if row.needs_approval:
        words = (
            f"{row.environment.capitalize()} is protected: version {row.version} waits for an approval in OverSkill."
        )
        return PushTold("waiting", words)
    if row.status is DeploymentStatus.DEPLOYED:
        return PushTold("published", f"Version {row.version} is live at {row.url}", row.url)
    if row.status.is_final:
        return PushTold("failed", row.error or "A later publish took its place.")
    return PushTold("running", f"Version {row.version} is {row.status}.")


def publish_push(
    name: str, *, host: CodeHost, redis: Redis, bundler: Bundler, publisher: Publisher, queue: JobQueue
) -> None:
    """Safe to call twice. Raises Unavailable, so that the job is tried again."""
    wish = _find(redis, name)
    if wish is None or wish.error or wish.url or wish.deployment_id:
        return
    try:
        done = _publish(wish, host=host, redis=redis, bundler=bundler, publisher=publisher, queue=queue)
    except Unavailable:
        raise
    except OverskillError as error:
        done = replace(wish, error=error.message)
    except Exception:
        _keep(redis, replace(wish, error=_OUR_FAULT))
        raise
    _keep(redis, done)


def _publish(
    wish: PushWish, *, host: CodeHost, redis: Redis, bundler: Bundler, publisher: Publisher, queue: JobQueue
) -> PushWish:
    settings, log = publisher.settings, publisher.log
    repository_id = UUID(wish.repository_id)
    sync_repository(
        repository_id, host=host, redis=redis, bundler=bundler, log=log, settings=settings, patience=_PATIENCE
    )
    with transaction() as session:
        row, app = _pushed_to(session, repository_id)
        is_version = wish.branch == row.branch or wish.commit == row.commit
        is_protected = serving_of(session, app.id, DeploymentEnvironment.STAGING).is_protected
    if is_version:
        _end_beside(wish, row, redis=redis, publisher=publisher)
        with transaction() as session:
            row, app = _pushed_to(session, repository_id)
            environment = _environment(wish, row)
            return _request(session, wish, row, app, environment, publisher=publisher, queue=queue)
    if is_protected:
        raise NotAllowed(
            "Staging is protected, and this commit is no version of the app yet. Merge it first: a version waits "
            "there for an approval."
        )
    return _show_beside(wish, row, app, host=host, redis=redis, publisher=publisher)


def _pushed_to(session: Session, repository_id: UUID) -> tuple[Repository, App]:
    row = session.get(Repository, repository_id)
    if row is None:
        raise NotAllowed("This repository is not connected with an app any more.")
    if row.error:
        raise Conflict(row.error)
    return row, app_to_change(session, row.user_id, session.get_one(App, row.app_id).slug)


def _end_beside(wish: PushWish, row: Repository, *, redis: Redis, publisher: Publisher) -> None:
    """What `staging` had ahead of the app became a version, or was taken out of it."""
    preview = kept(redis, row.id, "branch")
    if preview is not None and (wish.branch == STAGING_BRANCH or preview.commit == row.commit):
        take_down(preview, publisher)
        forget(preview, redis)


def _environment(wish: PushWish, row: Repository) -> DeploymentEnvironment:
    return DeploymentEnvironment.PRODUCTION if wish.branch == row.branch else DeploymentEnvironment.STAGING


def _request(
    session: Session,
    wish: PushWish,
    row: Repository,
    app: App,
    environment: DeploymentEnvironment,
    *,
    publisher: Publisher,
    queue: JobQueue,
) -> PushWish:
    live = live_deployment(session, app.id, environment)
    if live is not None and live.version == row.pushed_version:
        url = address_of(publisher.settings, environment, app.slug)
        return replace(wish, url=url, words=f"Version {live.version} is live at {url} already.")
    found = request_deployment(
        session,
        app,
        row.user_id,
        queue=queue,
        log=publisher.log,
        environment=environment,
        version=row.pushed_version,
    )
    return replace(wish, deployment_id=str(found.id))


def _show_beside(
    wish: PushWish, row: Repository, app: App, *, host: CodeHost, redis: Redis, publisher: Publisher
) -> PushWish:
    place = CodeRepository(row.installation_id, row.external_id, row.full_name, wish.branch)
    files = read_commit(place, wish.commit, host=host, bundler=publisher.bundler)
    preview = kept(redis, row.id, "branch") or place_of(app, row.id, "branch", DeploymentEnvironment.STAGING)
    preview = show(preview, files, wish.commit, publisher)
    keep(preview, redis)
    words = f"{wish.commit[:7]} is shown at {preview.url}. Staging itself shows versions: merge it to make it one."
    return replace(wish, url=preview.url, words=words)


def _keep(redis: Redis, wish: PushWish) -> None:
    redis.set(_key(wish.id), orjson.dumps(asdict(wish)), ex=_SECONDS)


def _find(redis: Redis, name: str) -> PushWish | None:
    found = redis.get(_key(name))
    return PushWish(**orjson.loads(found)) if isinstance(found, bytes) else None


def _key(name: str) -> str:
    return f"overskill:push:{name}"
