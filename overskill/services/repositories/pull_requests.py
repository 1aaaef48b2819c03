"""Previews of pull requests: made, told on GitHub, and taken away.

As with versions, nothing of what a webhook says is applied: one job asks GitHub how a pull request is and brings its
preview there. One from a fork is code by anybody, so it is never built here.
"""

import logging
from dataclasses import replace
from uuid import UUID

from redis import Redis

from overskill.clients.edge_routes import AppRoute
from overskill.clients.github import CodeHost, CodeRepository, PullRequest
from overskill.clients.github.host import ReportedState
from overskill.clients.jobs import JobQueue
from overskill.db import transaction
from overskill.errors import LimitReached, NotAllowed, OverskillError, Unavailable
from overskill.models import App, AppStatus, DeploymentEnvironment, Repository
from overskill.services.deployments.publisher import Publisher
from overskill.services.deployments.serving import serving_of
from overskill.services.generation.requests import app_topic
from overskill.services.repositories.branch_previews import (
    BranchPreview,
    all_kept,
    follow_route,
    forget,
    is_at_its_place,
    keep,
    kept,
    place_of,
    show,
    take_down,
)
from overskill.services.repositories.importing import read_commit
from overskill.services.repositories.locking import holding

LOOK_JOB = "overskill.jobs.repositories.look_at_pull_requests"
PULL_REQUEST_JOB = "overskill.jobs.repositories.preview_pull_request"
MARK = "<!-- overskill: preview -->"
MOST_PREVIEWS = 20  # of one app at a time
_OUTSIDE = (
    "OverSkill shows no preview of this pull request: it comes from a fork, and code from outside is not built with an "
    "app's settings. Somebody who may push here can put it on a branch of this repository."
)
_CLOSED = "The preview was taken away with the end of this pull request."
_PROTECTED = (
    "The app's preview is protected, and a pull request is nothing that could be approved. Merge it, or turn that "
    "protection off in the app's publish tab."
)
_PRIVATE = "\n\nIt is private, as the app's preview is: open it from the app's settings."
_SOLD = "\n\nThe app is sold, so this is its team's alone: the page there leads them in."
_TOO_MANY = f"An app has at most {MOST_PREVIEWS} previews of pull requests at a time. Close some, then push again."

log = logging.getLogger(__name__)


def preview_pull_request(
    repository_id: UUID, number: int, *, host: CodeHost, redis: Redis, publisher: Publisher
) -> None:
    """Safe to call twice. Raises Unavailable, so that the job is tried again."""
    with holding(redis, repository_id):
        with transaction() as session:
            row = session.get(Repository, repository_id)
            app = None if row is None else session.get_one(App, row.app_id)
        if row is None or app is None or row.is_paused or not _may_be_shown(app):
            return  # `tend_previews` takes away what there was
        place = CodeRepository(row.installation_id, row.external_id, row.full_name, row.branch)
        known = kept(redis, row.id, f"pr-{number}")
        if known is not None and not is_at_its_place(known, app):
            take_down(known, publisher)
            known = None
        preview = known or place_of(app, row.id, f"pr-{number}", DeploymentEnvironment.PREVIEW)
        found = host.pull_request(place, number)
        try:
            if not found.is_open:
                _end(preview, place, is_known=known is not None, host=host, redis=redis, publisher=publisher)
            elif found.is_from_outside:
                host.comment(place, number, MARK, _OUTSIDE)
            elif preview.commit != found.head or preview.error:
                _bring(preview, found, place, host=host, redis=redis, publisher=publisher)
        finally:
            publisher.log.ring(app_topic(app.id))


def _bring(
    preview: BranchPreview,
    found: PullRequest,
    place: CodeRepository,
    *,
    host: CodeHost,
    redis: Redis,
    publisher: Publisher,
) -> None:
    environment = _environment(preview)
    try:
        with transaction() as session:
            if serving_of(session, UUID(preview.app_id), DeploymentEnvironment.PREVIEW).is_protected:
                raise NotAllowed(_PROTECTED)
        if not preview.commit and sum(one.app_id == preview.app_id for one in all_kept(redis)) >= MOST_PREVIEWS:
            raise LimitReached(_TOO_MANY)
        host.report(place, found.head, environment, "in_progress", url="", words="Building a preview")
        files = read_commit(place, found.head, host=host, bundler=publisher.bundler)  # nothing of it is run
        preview = show(preview, files, found.head, publisher)
    except Unavailable:
        raise
    except OverskillError as error:
        preview = replace(preview, commit=found.head, error=error.message)
    keep(preview, redis)
    host.comment(place, found.number, MARK, _words(preview, publisher.routes.app(preview.environment, preview.script)))
    state: ReportedState = "failure" if preview.error else "success"
    words = preview.error or "Published by OverSkill"
    host.report(place, found.head, environment, state, url="" if preview.error else preview.url, words=words)


def _end(
    preview: BranchPreview, place: CodeRepository, *, is_known: bool, host: CodeHost, redis: Redis, publisher: Publisher
) -> None:
    take_down(preview, publisher)
    forget(preview, redis)
    if is_known:
        host.comment(place, preview.number, MARK, _CLOSED)
        host.report(place, preview.commit, _environment(preview), "inactive", url="", words=_CLOSED)


def look_at_pull_requests(repository_id: UUID, *, host: CodeHost, redis: Redis, queue: JobQueue) -> None:
    """Bring all previews where GitHub's deliveries would have: those that were lost are made up for."""
    with transaction() as session:
        row = session.get(Repository, repository_id)
    if row is None or row.is_paused:
        return
    place = CodeRepository(row.installation_id, row.external_id, row.full_name, row.branch)
    shown = {preview.number for preview in all_kept(redis) if preview.repository_id == str(row.id)}
    for number in sorted({*host.open_pull_requests(place)[:MOST_PREVIEWS], *shown} - {0}):
        queue.enqueue(PULL_REQUEST_JOB, str(row.id), str(number), queue="low")


def tend_previews(*, redis: Redis, publisher: Publisher) -> None:
    """Previews whose repository or app is gone, or has another address by now, are taken away; the others are seen by
    whom the app is."""
    for preview in all_kept(redis):
        with transaction() as session:
            row = session.get(Repository, UUID(preview.repository_id))
            app = None if row is None else session.get_one(App, row.app_id)
        if app is None or not _may_be_shown(app) or not is_at_its_place(preview, app):
            take_down(preview, publisher)
            forget(preview, redis)
        elif preview.url:
            _follow(preview, app, publisher)


def _follow(preview: BranchPreview, app: App, publisher: Publisher) -> None:
    """One that can't be told to the edge holds up no other, and stays as it was for now."""
    try:
        follow_route(preview, app, publisher)
    except OverskillError as error:
        log.warning("a preview is seen as before: %s", error.message, extra={"script": preview.script})


def _may_be_shown(app: App) -> bool:
    return app.status is not AppStatus.DELETED and app.suspended_at is None


def _environment(preview: BranchPreview) -> str:
    """What GitHub lists it under."""
    return f"preview/{preview.label}"


def _words(preview: BranchPreview, route: AppRoute | None) -> str:
    commit = preview.commit[:7]
    if preview.error and preview.url:
        return f"**{commit} is not shown.** {preview.error}\n\nThe preview still shows the commit before: {preview.url}"
    if preview.error:
        return f"**There is no preview of {commit}.** {preview.error}"
    is_private, is_sold = route is not None and route.private, route is not None and bool(route.entitlement_key)
    guarded = _PRIVATE if is_private else _SOLD if is_sold else ""
    return (
        f"**Preview of {commit}:** {preview.url}{guarded}\n\n"
        "Published by OverSkill. It follows this pull request and is taken away when that ends."
    )
