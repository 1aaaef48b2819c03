"""Links that show an app's live preview to whoever has one, until it expires or is revoked.

The permanent address of a preview is never given away: each link has an address of its own, which the bundler forgets
with it. See docs/decisions/0018-share-links.md.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Literal
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.shares import SharedPreviews
from overskill.config import Settings
from overskill.db import after_commit
from overskill.errors import LimitReached, NotFound, Unavailable
from overskill.models import App, AppStatus, ShareLink, User, utc_now
from overskill.services.accounts.audit import record
from overskill.services.accounts.sessions import Visitor
from overskill.services.accounts.tokens import hash_token
from overskill.services.apps.access import app_to_change

Lifetime = Literal["hour", "day", "week"]
LIFETIMES: dict[Lifetime, timedelta] = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}
MOST_LINKS = 20  # of one app, at a time
_ENDED = "This link has ended. Ask who sent it to you for another one."


@dataclass(frozen=True, slots=True)
class SharedLink:
    id: UUID
    url: str  # "" for one made with another OVERSKILL_SECRET_KEY: it works, and can't be shown again
    made_by: str
    created_at: datetime
    expires_at: datetime


def create_link(
    session: Session, user_id: UUID, slug: str, lifetime: Lifetime, *, settings: Settings, visitor: Visitor
) -> SharedLink:
    """Raises NotAllowed for viewers, LimitReached."""
    app = app_to_change(session, user_id, slug)
    if len(_active(session, app.id)) >= MOST_LINKS:
        raise LimitReached(f"An app has at most {MOST_LINKS} share links at a time. Revoke one that is not needed.")
    link = ShareLink(app_id=app.id, user_id=user_id, token_hash="", expires_at=utc_now() + LIFETIMES[lifetime])
    link.token_hash = hash_token(_token(link.id, settings))
    session.add(link)
    record(session, "share.created", user_id, subject=_subject(app, link), ip=visitor.ip)
    return _view(link, session.get_one(User, user_id).name, settings)


def list_links(session: Session, user_id: UUID, slug: str, *, settings: Settings) -> list[SharedLink]:
    """Those that work, the newest first; for who may change the app, as a link is a key to it."""
    app = app_to_change(session, user_id, slug)
    names = dict(session.exec(select(User.id, User.name).join(ShareLink).where(ShareLink.app_id == app.id)).all())
    return [_view(link, names[link.user_id], settings) for link in _active(session, app.id)]


def revoke_link(
    session: Session, user_id: UUID, slug: str, link_id: UUID, *, shares: SharedPreviews, visitor: Visitor
) -> None:
    """End a link at once, also for who looks at the app now. Raises NotFound; Unavailable: then it still works."""
    app = app_to_change(session, user_id, slug)
    link = session.get(ShareLink, link_id)
    if link is None or link.app_id != app.id:
        raise NotFound("This link is not there any more.")
    if link.revoked_at is not None:
        return
    link.revoked_at = utc_now()
    session.add(link)
    record(session, "share.revoked", user_id, subject=_subject(app, link), ip=visitor.ip)
    session.flush()
    shares.end([_alias(link)])


def revoke_all_links(session: Session, app: App, *, shares: SharedPreviews) -> None:
    """For an app that goes. Who looks at it now is cut off as far as the bundler answers."""
    links = _active(session, app.id)
    for link in links:
        link.revoked_at = utc_now()
        session.add(link)
    if links:
        after_commit(session, partial(_end_quietly, shares, [_alias(link) for link in links]))


def find_shared(session: Session, token: str) -> tuple[ShareLink, App]:
    """What a link leads to. Raises NotFound."""
    query = (
        select(ShareLink, App)
        .join(App, col(App.id) == col(ShareLink.app_id))
        .where(
            ShareLink.token_hash == hash_token(token),
            col(ShareLink.revoked_at).is_(None),
            ShareLink.expires_at > utc_now(),
            App.status != AppStatus.DELETED,
            col(App.suspended_at).is_(None),
        )
    )
    found = session.exec(query).first()
    if found is None:
        raise NotFound(_ENDED)
    return found


def show_shared(link: ShareLink, app: App, *, shares: SharedPreviews, settings: Settings) -> str:
    """The address at which the link's holder sees the app, which is open in the bundler. Raises Unavailable."""
    alias = _alias(link)
    shares.share(app.preview_key, alias, link.expires_at)
    return settings.preview_address(alias)


def _active(session: Session, app_id: UUID) -> Sequence[ShareLink]:
    query = (
        select(ShareLink)
        .where(ShareLink.app_id == app_id, col(ShareLink.revoked_at).is_(None), ShareLink.expires_at > utc_now())
        .order_by(col(ShareLink.created_at).desc())
    )
    return session.exec(query).all()


def _view(link: ShareLink, made_by: str, settings: Settings) -> SharedLink:
    token = _token(link.id, settings)
    url = f"{settings.site_url}/share/{token}" if hash_token(token) == link.token_hash else ""
    return SharedLink(link.id, url, made_by, link.created_at, link.expires_at)


def _token(link_id: UUID, settings: Settings) -> str:
    """Made from the server's secret, so that the link can be copied again though only its hash is kept."""
    secret = settings.secret_key.get_secret_value()
    if not secret:
        raise Unavailable(
            "Links can't be made: this process knows no OVERSKILL_SECRET_KEY. Start OverSkill with ./run up, "
            "or set it in .env."
        )
    mac = hmac.digest(secret.encode(), b"overskill share link " + link_id.bytes, "sha256")
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def _alias(link: ShareLink) -> str:
    """Of the kept hash, which nobody else knows: who has the alias can't tell the link, nor the preview's key."""
    return f"share-{hashlib.sha256(f'alias {link.token_hash}'.encode()).hexdigest()[:40]}"


def _subject(app: App, link: ShareLink) -> str:
    return f"app:{app.id} share:{link.id}"


def _end_quietly(shares: SharedPreviews, aliases: Sequence[str]) -> None:
    with suppress(Unavailable):
        shares.end(aliases)
