"""What GitHub tells us of pushes and of our App, stored once and worked through by a job.

Signed as GitHub Docs, "Validating webhook deliveries", say: an HMAC of the body, with SHA-256.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from overskill.clients.builders.finished_runs import FinishedRuns
from overskill.clients.jobs import JobQueue
from overskill.config import Settings
from overskill.db import after_commit
from overskill.errors import NotAllowed
from overskill.models import Repository, WebhookEvent
from overskill.models.base import utc_now
from overskill.services.repositories.connect import SYNC_JOB
from overskill.services.repositories.pull_requests import PULL_REQUEST_JOB

SOURCE = "github"
EVENT_JOB = "overskill.jobs.repositories.process"
MOST_AT_ONCE = 50
_HEARD = frozenset({"push", "pull_request", "repository", "installation", "installation_repositories"})
_MOVES = ("opened", "reopened", "synchronize", "closed")  # what a pull request's preview follows
_GONE = "OverSkill's App was removed from this repository on GitHub. Connect it again to go on."


def check_signature(body: bytes, signature: str, *, settings: Settings) -> None:
    """Raises NotAllowed."""
    secret = settings.github_webhook_secret.get_secret_value()
    expected = "sha256=" + hmac.digest(secret.encode(), body, hashlib.sha256).hex()
    if not secret or not hmac.compare_digest(expected.encode(), signature.encode()):
        raise NotAllowed("This delivery is not signed with the webhook secret of this OverSkill.")


def keep_event(session: Session, delivery: str, kind: str, payload: Mapping[str, Any], *, queue: JobQueue) -> None:
    """Once, however often it is delivered; of what concerns us, only what we need of it."""
    if kind not in _HEARD or not delivery:
        return
    facts = {
        "id": (event := WebhookEvent(source=SOURCE, external_id=delivery[:120], kind=kind)).id,
        "created_at": event.created_at,
        "updated_at": event.updated_at,
        "source": SOURCE,
        "external_id": event.external_id,
        "kind": kind,
        "payload": _needed(payload),
        "error": "",
    }
    kept = session.execute(
        insert(WebhookEvent)
        .values(facts)
        .on_conflict_do_nothing(constraint="webhook_events_source_external_id_key")
        .returning(col(WebhookEvent.id))
    ).scalar()
    if kept is not None:
        after_commit(session, partial(queue.enqueue, EVENT_JOB, str(kept), queue="low"))


def _needed(payload: Mapping[str, Any]) -> dict[str, Any]:
    repository = payload.get("repository") or {}
    return {
        "action": payload.get("action", ""),
        "ref": payload.get("ref", ""),
        "after": payload.get("after", ""),
        "number": payload.get("number", 0),
        "repository": {"id": repository.get("id"), "full_name": repository.get("full_name", "")},
        "installation": (payload.get("installation") or {}).get("id"),
        "removed": [each.get("id") for each in payload.get("repositories_removed") or []],
    }


def tell_of_run(payload: Mapping[str, Any], *, finished: FinishedRuns, settings: Settings) -> None:
    """At once: a build waits for it. Only runs of the repository that builds are waited for."""
    run, repository = payload.get("workflow_run") or {}, payload.get("repository") or {}
    is_ours = settings.github_builder and repository.get("full_name") == settings.github_builder
    if is_ours and payload.get("action") == "completed" and isinstance(run.get("id"), int):
        finished.tell(run["id"])


def process_event(session: Session, event_id: UUID, *, queue: JobQueue) -> None:
    """Safe to call twice."""
    event = session.get(WebhookEvent, event_id, with_for_update=True)
    if event is None or event.processed_at is not None:
        return
    _process(session, event.kind, event.payload, queue)
    event.processed_at = utc_now()
    session.add(event)


def _process(session: Session, kind: str, payload: Mapping[str, Any], queue: JobQueue) -> None:
    told, action = payload["repository"], payload["action"]
    of_it = col(Repository.external_id) == told["id"]
    match kind:
        case "push":
            for row in session.exec(select(Repository).where(of_it)):
                if payload["ref"] == f"refs/heads/{row.branch}" and payload["after"] != row.commit:
                    after_commit(session, partial(queue.enqueue, SYNC_JOB, str(row.id), queue="low"))
        case "pull_request" if action in _MOVES:
            for row in session.exec(select(Repository).where(of_it, ~col(Repository.is_paused))):
                ids = (str(row.id), str(payload["number"]))
                after_commit(session, partial(queue.enqueue, PULL_REQUEST_JOB, *ids, queue="low"))
        case "repository" if action in ("renamed", "transferred"):
            session.exec(update(Repository).where(of_it).values(full_name=told["full_name"]))
        case "repository" if action == "deleted":
            _pause(session, of_it)
        case "installation" if action in ("deleted", "suspend"):
            _pause(session, col(Repository.installation_id) == payload["installation"])
        case "installation_repositories" if payload["removed"]:
            _pause(session, col(Repository.external_id).in_(payload["removed"]))


def _pause(session: Session, which: Any) -> None:  # noqa: ANN401 - a condition of SQLAlchemy
    session.exec(update(Repository).where(which).values(is_paused=True, error=_GONE))


def waiting_events(session: Session) -> Sequence[UUID]:
    """Those whose job was lost."""
    waiting = col(WebhookEvent.processed_at).is_(None)
    rows = select(WebhookEvent.id).where(WebhookEvent.source == SOURCE, waiting)
    return session.exec(rows.order_by(col(WebhookEvent.created_at)).limit(MOST_AT_ONCE)).all()
