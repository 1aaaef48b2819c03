"""Publishing from GitHub, turned on and off: a secret and a workflow in the repository.

Whether it is on is what is at GitHub: the secret is there, or it is not. Nothing here says otherwise.
"""

import ipaddress
import json
from functools import cache
from importlib.resources import files as resource_files
from string import Template
from urllib.parse import urlsplit
from uuid import UUID

from redis import Redis

from overskill.clients.github import CodeHost, CodeRepository, Commit
from overskill.config import Settings
from overskill.db import transaction
from overskill.errors import Conflict, NotAllowed, OverskillError, Unavailable
from overskill.models import Repository
from overskill.services.generation.requests import app_topic
from overskill.services.progress import ProgressLog
from overskill.services.repositories.branch_previews import hand_over
from overskill.services.repositories.connect import repository_of
from overskill.services.repositories.deploy_tokens import deploy_token, end_token
from overskill.services.repositories.locking import holding

PUBLISHING_JOB = "overskill.jobs.repositories.set_publishing"
SECRET = "OVERSKILL_DEPLOY_TOKEN"  # noqa: S105 - its name
WORKFLOW = ".github/workflows/overskill.yml"
STAGING_BRANCH = "staging"
UNREACHABLE = (
    "GitHub can't reach this OverSkill: it is at {host}. So pushes there come in with “Push and pull now” alone, pull "
    "requests get no preview, and nothing can be published from there."
)
_LOCAL = (".localhost", ".local", ".internal", ".test")
_NO_WORKFLOWS = (
    "GitHub does not let OverSkill's App write workflows or secrets there. Its operator gives it these permissions "
    "(docs/github.md), and the account's owner accepts them on GitHub."
)
_HALF_OFF = (
    "GitHub does not answer. Nothing is published from there any more, but the secret and the workflow are still "
    "there: turn it off again."
)


def why_unreachable(settings: Settings) -> str:
    """Why GitHub can't call this instance, as far as its address says it; "" where it can."""
    host = settings.site_host
    try:
        is_public = ipaddress.ip_address(host).is_global
    except ValueError:
        is_public = "." in host and not host.endswith(_LOCAL)
    return "" if is_public else UNREACHABLE.format(host=urlsplit(settings.site_url).netloc)


def workflow_text(branch: str, *, settings: Settings) -> str:
    """The workflow's file. A branch's name is anybody's, so it is written as JSON, which YAML reads."""
    return _template().substitute(
        branch=json.dumps(branch),
        branches=json.dumps(list(dict.fromkeys((branch, STAGING_BRANCH)))),
        site=settings.site_url,
        secret=SECRET,
    )


def is_publishing(place: CodeRepository, *, host: CodeHost) -> bool:
    return host.has_secret(place, SECRET)


def set_publishing(
    repository_id: UUID, *, is_on: bool, host: CodeHost, redis: Redis, settings: Settings, log: ProgressLog
) -> None:
    """Safe to call twice. What went wrong is on the row. Raises Unavailable, so that the job is tried again."""
    with holding(redis, repository_id):
        with transaction() as session:
            row = session.get(Repository, repository_id)
        if row is None:
            return
        place = CodeRepository(row.installation_id, row.external_id, row.full_name, row.branch)
        error = ""
        try:
            if is_on:
                _turn_on(row, place, host, settings)
            else:
                _turn_off(row, place, host, redis)
        except Unavailable:
            if row.id == repository_id:
                raise
            error = _HALF_OFF  # another try would look for the id that has ended
        except NotAllowed:
            error = _NO_WORKFLOWS
        except OverskillError as failure:
            error = failure.message
        finally:
            log.ring(app_topic(row.app_id))
    if error:
        _tell(row.app_id, error)
        log.ring(app_topic(row.app_id))


def _turn_on(row: Repository, place: CodeRepository, host: CodeHost, settings: Settings) -> None:
    if why := why_unreachable(settings):
        raise Conflict(why)
    text = workflow_text(row.branch, settings=settings)
    head = host.head(place)
    if host.tree(place, head).get(WORKFLOW) is None or host.text(place, head, WORKFLOW) != text:
        _commit(row, place, host, head, "Publish from GitHub", text)
    host.put_secret(place, SECRET, deploy_token(row.id, settings=settings))


def _turn_off(row: Repository, place: CodeRepository, host: CodeHost, redis: Redis) -> None:
    """The token ends first: whatever GitHub says then, it is good for nothing."""
    before = row.id
    with transaction() as session:
        kept = session.get(Repository, row.id, with_for_update=True)
        if kept is not None:
            end_token(session, kept)
            row.id = kept.id
    hand_over(before, row.id, redis)
    host.delete_secret(place, SECRET)
    head = host.head(place)
    if WORKFLOW in host.tree(place, head):
        _commit(row, place, host, head, "No longer publish from GitHub", None)


def _commit(row: Repository, place: CodeRepository, host: CodeHost, head: str, message: str, text: str | None) -> None:
    """On top of the branch. What people pushed before it still comes in by the next sync."""
    hostname = "users.noreply.overskill"
    commit = host.push(place, head, [Commit(message, "OverSkill", f"apps@{hostname}", {WORKFLOW: text})])
    if row.commit != head:
        return
    with transaction() as session:
        kept = session.get(Repository, row.id, with_for_update=True)
        if kept is not None and kept.commit == head:
            kept.commit = commit
            session.add(kept)


def _tell(app_id: UUID, error: str) -> None:
    with transaction() as session:
        row = repository_of(session, app_id)
        if row is not None:
            row.error = error
            session.add(row)


@cache
def _template() -> Template:
    return Template((resource_files("overskill.services.repositories") / "workflow.yml").read_text("utf-8"))
