"""The job that prepares an update: merge, check, show. Nothing of the copy is changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.bundler import Bundle
from overskill.clients.checker import Checker
from overskill.clients.edge import Upload
from overskill.clients.jobs import JobQueue
from overskill.clients.variables import with_values
from overskill.db import after_commit, transaction
from overskill.errors import OverskillError
from overskill.models import App, CopyUpdate, DeploymentEnvironment, UpdateStatus
from overskill.models.base import utc_now
from overskill.services.apps.env_vars import public_variables, variables_file
from overskill.services.apps.findings import refuse_critical
from overskill.services.builds import with_content_types
from overskill.services.deployments import Publisher
from overskill.services.deployments.addresses import address_of
from overskill.services.generation.checking import Verdict, check_app, sentence, to_repair
from overskill.services.heartbeat import DEAD_AFTER, Superseded, heartbeat
from overskill.services.market.updates.merge import (
    Merged,
    Sources,
    conflict_rows,
    copy_of,
    is_chosen,
    merge_release,
    read_sources,
)
from overskill.services.progress import ProgressLog

PREPARE_JOB = "overskill.jobs.market.prepare_update"
MOST_ATTEMPTS = 6  # of one merge
_SPAN = 8  # attempts are counted on from merge to merge, so a run that is still under way owns none of the next one's
_PREPARING = (UpdateStatus.MERGING, UpdateStatus.CHECKING)
_DECIDED = (UpdateStatus.ACCEPTED, UpdateStatus.DECLINED)
_LOST = timedelta(seconds=15)
_PLACE = DeploymentEnvironment.PREVIEW
_GAVE_UP = "Preparing this update was interrupted several times. Try again."


@dataclass(frozen=True)
class UpdateTools:
    """What preparing an update needs of the world."""

    publisher: Publisher
    checker: Checker


@dataclass(frozen=True, slots=True)
class _Run:
    update_id: UUID
    attempt: int
    app: App
    sources: Sources
    merged: Merged


def update_topic(update_id: UUID) -> str:
    """The bell of an update: rung whenever its row changes."""
    return f"update:{update_id}"


def script_of(update_id: UUID) -> str:
    """Where it is shown, at the edge: nobody guesses it."""
    return f"update-{update_id.hex}"


def prepare_update(update_id: UUID, tools: UpdateTools) -> None:
    """Safe to run twice: the run that began last is the only one that writes."""
    try:
        run = _begin(update_id, tools.publisher.log)
        if run is None:
            return
        with heartbeat(partial(_beat, update_id=update_id, attempt=run.attempt)):
            _prepare(run, tools)
    except Superseded:
        return


def merge_again(session: Session, update: CopyUpdate, queue: JobQueue) -> None:
    """With what is chosen by now. A run that is under way writes nothing any more."""
    update.attempt += _SPAN - update.attempt % _SPAN
    update.status, update.error, update.last_progress_at = UpdateStatus.MERGING, "", utc_now()
    session.add(update)
    enqueue_once_committed(session, [update], queue=queue)


def _begin(update_id: UUID, log: ProgressLog) -> _Run | None:
    with transaction() as session:
        update = session.get(CopyUpdate, update_id, with_for_update=True)
        if update is None or update.status not in _PREPARING:
            return None
        if update.attempt % _SPAN >= MOST_ATTEMPTS:
            _write(session, update, UpdateStatus.FAILED, log, error=_GAVE_UP)
            return None
        update.attempt += 1
        try:
            app, sources = copy_of(session, update), read_sources(session, update)
        except OverskillError as error:
            _write(session, update, UpdateStatus.FAILED, log, error=error.message)
            return None
        merged = merge_release(sources, update.conflicts)
        update.from_revision = app.revision
        update.conflicts = conflict_rows(merged.conflicts, update.conflicts)
        update.files = {path: _what_happens(sources, path, text) for path, text in merged.changes.items()}
        status = UpdateStatus.CHECKING if is_chosen(update) else UpdateStatus.CONFLICTED
        _write(session, update, status, log)
        return _Run(update.id, update.attempt, app, sources, merged) if status is UpdateStatus.CHECKING else None


def _what_happens(sources: Sources, path: str, text: str | None) -> str:
    if text is None:
        return "removed"
    return "changed" if path in sources.yours else "added"


def _prepare(run: _Run, tools: UpdateTools) -> None:
    try:
        refuse_critical(tools.publisher.bundler.scan(run.merged.files))
        verdict = check_app(
            run.merged.files, (), bundler=tools.publisher.bundler, checker=tools.checker, app_id=run.app.id
        )
        wrong = to_repair(verdict)
        url = "" if wrong or verdict.bundle is None else _show(run, verdict.bundle, tools.publisher)
    except OverskillError as error:
        _end(run, UpdateStatus.REFUSED, tools, error=error.message)
        return
    if url:
        _end(run, UpdateStatus.READY, tools, checks=verdict, url=url)
    else:
        reason = sentence(wrong[0]) if wrong else verdict.why_skipped
        words = f"Your app with this update does not pass the checks, so nothing was changed. {reason}"
        _end(run, UpdateStatus.REFUSED, tools, checks=verdict, error=words[:500])


def _show(run: _Run, built: Bundle, publisher: Publisher) -> str:
    """Publish the result at an address of its own. Without the app's secrets: it is a look, not the app."""
    with transaction() as session:
        variables = public_variables(session, run.app.id, DeploymentEnvironment.PRODUCTION, settings=publisher.settings)
    bundle = with_values(built, {**run.merged.files, **variables_file(variables)})
    script = script_of(run.update_id)
    upload = Upload(
        environment=_PLACE,
        script=script,
        app_id=str(run.app.id),
        version=f"update-{run.update_id.hex[:8]}",
        assets=with_content_types(bundle.assets),
        variables=variables,
        modules=bundle.modules,
    )
    version = publisher.edge.upload(upload)
    with transaction() as session:
        _own(session, run.update_id, run.attempt)  # a later run shows another result there
    publisher.edge.activate(_PLACE, script, version)
    return address_of(publisher.settings, _PLACE, script)


def take_down_preview(update_id: UUID, publisher: Publisher) -> None:
    """Safe to call twice, for what was never shown, and for what was taken up again meanwhile."""
    with transaction() as session:
        update = session.get(CopyUpdate, update_id)
        if update is not None and update.status not in _DECIDED:
            return
    script = script_of(update_id)
    publisher.edge.remove(_PLACE, script)
    publisher.edge.prune(_PLACE, script, [])


def sweep_updates(session: Session, queue: JobQueue, log: ProgressLog) -> None:
    """Put back what a dead worker left, or no job ever heard of."""
    late = col(CopyUpdate.last_progress_at) < utc_now() - max(DEAD_AFTER, _LOST)
    for update in session.exec(select(CopyUpdate).where(col(CopyUpdate.status).in_(_PREPARING), late)):
        after_commit(session, partial(queue.enqueue, PREPARE_JOB, str(update.id), queue="low"))
        after_commit(session, partial(log.ring, update_topic(update.id)))


def _beat(session: Session, *, update_id: UUID, attempt: int) -> None:
    _own(session, update_id, attempt).last_progress_at = utc_now()


def _own(session: Session, update_id: UUID, attempt: int) -> CopyUpdate:
    update = session.get(CopyUpdate, update_id, with_for_update=True)
    if update is None or update.attempt != attempt:
        raise Superseded
    return update


def _end(
    run: _Run,
    status: UpdateStatus,
    tools: UpdateTools,
    *,
    checks: Verdict | None = None,
    url: str = "",
    error: str = "",
) -> None:
    try:
        with transaction() as session:
            update = _own(session, run.update_id, run.attempt)
            update.checks = checks.to_json() if checks else {}
            update.preview_url = url
            _write(session, update, status, tools.publisher.log, error=error)
    except Superseded:
        if url:
            take_down_preview(run.update_id, tools.publisher)
        raise


def _write(session: Session, update: CopyUpdate, status: UpdateStatus, log: ProgressLog, *, error: str = "") -> None:
    update.status, update.error, update.last_progress_at = status, error[:500], utc_now()
    session.add(update)
    after_commit(session, partial(log.ring, update_topic(update.id)))


def enqueue_once_committed(session: Session, updates: Sequence[CopyUpdate], *, queue: JobQueue) -> None:
    for update in updates:
        after_commit(session, partial(queue.enqueue, PREPARE_JOB, str(update.id), queue="default"))
