"""What becomes of apps and users that the staff decides on: the effects that `moderation.act` is handed.

A suspended app is off the air everywhere and can't be published; one that was taken down can be. Restoring either puts
back what was live. A suspended user is signed out everywhere and can't sign in; their apps stay as they are.
"""

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from redis import Redis
from sqlalchemy import update
from sqlmodel import Session, col, select

from overskill.clients.shares import SharedPreviews
from overskill.db import after_commit, transaction
from overskill.errors import Conflict, NotAllowed, OverskillError, Unavailable
from overskill.models import (
    Act,
    App,
    Deployment,
    Listing,
    LoginSession,
    SubjectKind,
    TryOut,
    User,
    utc_now,
)
from overskill.services.apps.sharing import revoke_all_links
from overskill.services.deployments import Publisher, take_off_the_air, wish_offline
from overskill.services.deployments.request import request_again
from overskill.services.market.licensed_serving import TELL_JOB
from overskill.services.market.moderation import Decision, Effects
from overskill.services.market.try_outs import end_try_outs
from overskill.services.repositories.branch_previews import forget, kept_of, take_down

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Switchboard:
    """What taking an app off the air needs."""

    publisher: Publisher
    shares: SharedPreviews
    redis: Redis

    @property
    def effects(self) -> Effects:
        return {
            (SubjectKind.APP, Act.SUSPEND): self._suspend_app,
            (SubjectKind.APP, Act.TAKE_DOWN): self._take_down_app,
            (SubjectKind.APP, Act.RESTORE): self._restore_app,
            (SubjectKind.USER, Act.SUSPEND): _suspend_user,
            (SubjectKind.USER, Act.RESTORE): _restore_user,
        }

    def _suspend_app(self, session: Session, decision: Decision) -> Mapping[str, Any]:
        app = _locked_app(session, decision.subject_id)
        if app.suspended_at is not None:
            raise Conflict("This app is suspended already. Reload the page.")
        app.suspended_at, app.suspended_reason = utc_now(), decision.reason
        return self._clear(session, app)

    def _take_down_app(self, session: Session, decision: Decision) -> Mapping[str, Any]:
        app = _locked_app(session, decision.subject_id)
        wish_offline(session, app, self.publisher.offline_wishes)
        return self._clear(session, app)

    def _clear(self, session: Session, app: App) -> Mapping[str, Any]:
        """Remember what is live, and end what strangers were shown besides."""
        live = session.exec(select(Deployment).where(Deployment.app_id == app.id, col(Deployment.is_live))).all()
        app.taken_down = [str(row.id) for row in live] or app.taken_down
        session.add(app)
        revoke_all_links(session, app, shares=self.shares)
        of_it = select(Listing.id).where(Listing.app_id == app.id)
        session.exec(
            update(TryOut)
            .where(col(TryOut.listing_id).in_(of_it), col(TryOut.ended_at).is_(None))
            .values(expires_at=utc_now())
        )
        return {"live": {row.environment.value: row.version for row in live}}

    def _restore_app(self, session: Session, decision: Decision) -> Mapping[str, Any]:
        app = _locked_app(session, decision.subject_id)
        if app.suspended_at is None and not app.taken_down:
            raise Conflict("This app is neither suspended nor taken down. Reload the page.")
        before = {"suspended_for": app.suspended_reason}
        app.suspended_at, app.suspended_reason = None, ""
        for row in _off_the_air(session, app):
            with suppress(OverskillError):  # unsafe by what is known today: its owner publishes a better one
                request_again(session, app, row, queue=decision.queue, log=self.publisher.log)
        app.taken_down = []
        session.add(app)
        # Its address says that it was taken down, also where nothing of it comes back.
        after_commit(session, partial(decision.queue.enqueue, TELL_JOB, str(app.id), queue="deploy"))
        return before

    def take_down_everywhere(self, app_id: UUID) -> bool:
        """What was decided, at the edge and at once; call it after the commit.

        False: the edge does not answer. What is left is taken off by itself once it does.
        """
        is_off = take_off_the_air(app_id, self.publisher)
        try:
            for preview in kept_of(self.redis, app_id):
                take_down(preview, self.publisher)
                forget(preview, self.redis)
        except Unavailable as away:
            log.warning("a preview is still shown: %s", away.message, extra={"app": str(app_id)})
            is_off = False
        end_try_outs(self.publisher)
        return is_off and not _is_tried_out(app_id)


def _is_tried_out(app_id: UUID) -> bool:
    with transaction() as session:
        left = select(TryOut.id).join(Listing, col(Listing.id) == TryOut.listing_id)
        is_over = col(TryOut.ended_at).is_(None) & (col(TryOut.expires_at) <= utc_now())
        return session.exec(left.where(Listing.app_id == app_id, is_over)).first() is not None


def _suspend_user(session: Session, decision: Decision) -> Mapping[str, Any]:
    user = session.get_one(User, decision.subject_id, with_for_update=True)
    if user.id == decision.admin_id:
        raise NotAllowed("This is your own account. Ask another admin.")
    if user.suspended_at is not None:
        raise Conflict("This user is suspended already. Reload the page.")
    user.suspended_at, user.suspended_reason = utc_now(), decision.reason
    session.add(user)
    ended = session.exec(
        update(LoginSession)
        .where(col(LoginSession.user_id) == user.id, col(LoginSession.revoked_at).is_(None))
        .values(revoked_at=utc_now())
    )
    return {"signed_out": ended.rowcount}


def _restore_user(session: Session, decision: Decision) -> Mapping[str, Any]:
    user = session.get_one(User, decision.subject_id, with_for_update=True)
    if user.suspended_at is None:
        raise Conflict("This user is not suspended. Reload the page.")
    before = {"suspended_for": user.suspended_reason}
    user.suspended_at, user.suspended_reason = None, ""
    session.add(user)
    return before


def _locked_app(session: Session, app_id: UUID) -> App:
    return session.get_one(App, app_id, with_for_update=True, populate_existing=True)


def _off_the_air(session: Session, app: App) -> list[Deployment]:
    """What is to come back: where its owner has published something else since, that stays."""
    wanted = session.exec(select(Deployment).where(col(Deployment.id).in_([UUID(one) for one in app.taken_down]))).all()
    here = session.exec(
        select(Deployment.environment).where(Deployment.app_id == app.id, col(Deployment.is_live))
    ).all()
    return [row for row in wanted if row.app_id == app.id and row.environment not in here]
