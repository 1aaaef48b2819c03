"""Giving an app a repository: a person says at GitHub who they are, and it is made in an account of theirs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from redis import Redis
from sqlmodel import Session, select

from overskill.clients.github import CodeAccount, CodeHost, CodeRepository
from overskill.clients.jobs import JobQueue
from overskill.db import after_commit
from overskill.errors import Conflict, InvalidInput, NotAllowed, NotFound
from overskill.models import App, Repository
from overskill.services.accounts.audit import record
from overskill.services.repositories.visits import Visit, begin_installing, begin_visit

SYNC_JOB = "overskill.jobs.repositories.sync"
LONGEST_REPOSITORY = 100
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asked for before GitHub asked them who they are."""

    slug: str
    name: str
    is_private: bool
    owner: str = ""  # the account to make it in; "": their own
    publishes: bool = False  # what is pushed there, too


def begin_connecting(session: Session, app: App, user_id: UUID, wish: Wish, *, redis: Redis, host: CodeHost) -> str:
    """Where the browser goes now. Raises InvalidInput, and Conflict where the app has a repository."""
    if not _NAME.fullmatch(wish.name) or len(wish.name) > LONGEST_REPOSITORY or wish.name in (".", ".."):
        raise InvalidInput(
            f"A repository's name has letters, digits, dots, - and _, at most {LONGEST_REPOSITORY}.", field="name"
        )
    if repository_of(session, app.id) is not None:
        raise Conflict("This app has a repository already.")
    return begin_visit(user_id, "connect", _facts(wish), redis=redis, host=host)


def finish_connecting(visit: Visit, *, redis: Redis, host: CodeHost) -> tuple[Wish, CodeRepository | str]:
    """What was wished for, and the repository made for it, or the address where our App is to be let in first.

    Asks GitHub, so no transaction may be open.
    """
    wish = _wish(visit.facts)
    accounts = host.accounts(visit.person)
    if not accounts:
        return wish, begin_installing(visit.user_id, visit.purpose, visit.facts, redis=redis, host=host)
    account = _account(accounts, wish.owner)
    description = "An app made with OverSkill"
    return wish, host.create(visit.person, account, wish.name, is_private=wish.is_private, description=description)


def _facts(wish: Wish) -> dict[str, str]:
    chosen = {"private": wish.is_private, "publishes": wish.publishes}
    return {
        "slug": wish.slug,
        "name": wish.name,
        "owner": wish.owner,
        **{name: "yes" for name, is_chosen in chosen.items() if is_chosen},
    }


def _wish(facts: Mapping[str, str]) -> Wish:
    return Wish(facts["slug"], facts["name"], "private" in facts, facts["owner"], "publishes" in facts)


def _account(accounts: list[CodeAccount], owner: str) -> CodeAccount:
    """The one they named, else their own, else the first."""
    if owner:
        named = [account for account in accounts if account.login.lower() == owner.lower()]
        if not named:
            raise NotAllowed(
                f"OverSkill's App is not installed for {owner} on GitHub. Install it there, then try again."
            )
        return named[0]
    return next((account for account in accounts if not account.is_organisation), accounts[0])


def connect(session: Session, app: App, user_id: UUID, made: CodeRepository, *, queue: JobQueue) -> Repository:
    """The caller holds the app's row lock. Raises Conflict where it has a repository."""
    if repository_of(session, app.id) is not None:
        raise Conflict("This app has a repository already.")
    row = Repository(
        app_id=app.id,
        user_id=user_id,
        installation_id=made.installation_id,
        external_id=made.external_id,
        full_name=made.full_name,
        branch=made.branch,
    )
    session.add(row)
    session.flush()
    record(session, "repository.connected", user_id, subject=f"app:{app.id} {made.full_name}")
    after_commit(session, partial(queue.enqueue, SYNC_JOB, str(row.id), queue="low"))
    return row


def repository_of(session: Session, app_id: UUID) -> Repository | None:
    return session.exec(select(Repository).where(Repository.app_id == app_id)).one_or_none()


def _find(session: Session, app: App) -> Repository:
    row = repository_of(session, app.id)
    if row is None:
        raise NotFound("This app has no repository any more. Reload the page.")
    return row


def pause_repository(session: Session, app: App, *, is_paused: bool, queue: JobQueue) -> None:
    row = _find(session, app)
    row.is_paused, row.error = is_paused, ""
    session.add(row)
    if not is_paused:
        after_commit(session, partial(queue.enqueue, SYNC_JOB, str(row.id), queue="low"))


def disconnect(session: Session, app: App, user_id: UUID) -> str:
    """Its name. Nothing at GitHub is deleted."""
    row = _find(session, app)
    record(session, "repository.disconnected", user_id, subject=f"app:{app.id} {row.full_name}")
    session.delete(row)
    session.flush()
    return row.full_name
