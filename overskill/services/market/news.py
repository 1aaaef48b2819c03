"""What the creators that somebody follows published: as a page, as a dot in the bar, and as a mail once a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from overskill.clients.mail import Mail, Message
from overskill.config import Settings
from overskill.db import after_commit
from overskill.models import (
    CreatorProfile,
    Follow,
    Install,
    InstallStatus,
    Listing,
    LoginSession,
    NewsReader,
    Release,
    ReleaseStatus,
    User,
    utc_now,
)
from overskill.services.accounts.audit import record
from overskill.services.accounts.sessions import SignedIn, find_session_and
from overskill.services.addresses_in_names import unlinked
from overskill.services.market.cards import is_shown
from overskill.services.market.descriptions import plain_text
from overskill.services.market.mail_endings import MailKind, ending_link, read_ending
from overskill.services.market.seeding.people import DOMAIN

MOST_SHOWN = 60
MOST_MAILED = 8
MOST_READERS = 500  # of one look: the next one finds the others
MAIL_EVERY = timedelta(days=1)
OLDEST_MAILED = timedelta(days=7)
SEND_JOB = "overskill.jobs.market.send_news"
_LONGEST_NOTES = 240
_COLUMNS = {MailKind.NEWS: "mails_news", MailKind.UPDATES: "mails_updates"}


@dataclass(frozen=True, slots=True)
class News:
    """A listing that was published, or a further release of one."""

    slug: str
    title: str
    tagline: str
    accent: str
    cover: str  # checksum, or ""
    creator: str
    username: str
    release: int
    is_first: bool
    notes: str  # in words alone, of a further release
    at: datetime
    is_unseen: bool


@dataclass(frozen=True, slots=True)
class NewsPage:
    news: tuple[News, ...]
    following: int
    mails_news: bool
    mails_updates: bool


def view_news(session: Session, user_id: UUID) -> NewsPage:
    """The newest first. Three queries; what is shown counts as seen once `mark_seen` says so."""
    reader = _reader(session, user_id) or NewsReader(user_id=user_id)
    rows = session.execute(_published(user_id).limit(MOST_SHOWN)).all()
    following = session.scalar(select(func.count()).where(col(Follow.user_id) == user_id))
    return NewsPage(
        news=tuple(_news(row, reader.seen_at) for row in rows),
        following=following or 0,
        mails_news=reader.mails_news,
        mails_updates=reader.mails_updates,
    )


def find_reader(session: Session, token: str) -> tuple[SignedIn | None, bool]:
    """Whom a cookie signs in, and whether there is something that they did not see. One query."""
    reader = col(LoginSession.user_id)
    seen = select(col(NewsReader.seen_at)).where(col(NewsReader.user_id) == reader)
    seen_at = seen.correlate(LoginSession).scalar_subquery()
    unseen = _published(reader).where(or_(seen_at.is_(None), col(Release.released_at) > seen_at))
    is_there = unseen.order_by(None).correlate(LoginSession).exists()
    user, beside = find_session_and(session, token, select(is_there).scalar_subquery())
    return user, any(beside)


def mark_seen(session: Session, user_id: UUID) -> None:
    _change(session, user_id, seen_at=utc_now())


def choose_mails(session: Session, user_id: UUID, *, news: bool, updates: bool) -> None:
    _change(session, user_id, mails_news=news, mails_updates=updates)


def wants_update_mails(session: Session, user_id: UUID) -> bool:
    reader = _reader(session, user_id)
    return reader is None or reader.mails_updates


def due_readers(session: Session, *, now: datetime) -> Sequence[UUID]:
    """Who is to have a mail by now. One query, which begins at the newest releases."""
    mailed_at = col(NewsReader.mailed_at)
    query = (
        select(col(User.id))
        .join(Follow, col(Follow.user_id) == col(User.id))
        .join(Listing, col(Listing.creator_id) == col(Follow.creator_id))
        .join(Release, col(Release.listing_id) == col(Listing.id))
        .outerjoin(NewsReader, col(NewsReader.user_id) == col(User.id))
        .where(
            _is_told(),
            col(Release.released_at) > now - OLDEST_MAILED,
            or_(mailed_at.is_(None), mailed_at < now - MAIL_EVERY),
            *_is_to_be_mailed(),
            col(User.suspended_at).is_(None),
            col(User.email).not_like(f"%@{DOMAIN}"),
        )
        .distinct()
        .limit(MOST_READERS)
    )
    return session.scalars(query).all()


def end_mails(session: Session, token: str, *, settings: Settings) -> MailKind:
    """As a mail's link asks for; who left meanwhile gets none anyway. Returns which mails those are.

    Raises NotAllowed for a link that is forged.
    """
    asked = read_ending(token, settings)
    if session.get(User, asked.user_id) is not None:
        _change(session, asked.user_id, **{_COLUMNS[asked.kind]: False})
        record(session, "mails.ended", asked.user_id, subject=f"user:{asked.user_id}", details={"kind": asked.kind})
    return asked.kind


def send_news(session: Session, user_id: UUID, *, settings: Settings, mail: Mail, now: datetime) -> None:
    """One mail of all that came since the last one and was not seen meanwhile. Asked for twice, it goes once."""
    _change(session, user_id)  # a row to lock
    reader = session.get_one(NewsReader, user_id, with_for_update=True, populate_existing=True)
    if not reader.mails_news or (reader.mailed_at and reader.mailed_at >= now - MAIL_EVERY):
        return
    query = (
        _published(user_id)
        .join(NewsReader, col(NewsReader.user_id) == col(Follow.user_id))
        .where(col(Release.released_at) > now - OLDEST_MAILED, *_is_to_be_mailed())
    )
    news = [_news(row, reader.seen_at) for row in session.execute(query.limit(MOST_SHOWN))]
    if not news:
        return
    reader.mailed_at = now
    session.add(reader)
    to = session.get_one(User, user_id).email
    ends_at = ending_link(user_id, MailKind.NEWS, settings)
    after_commit(session, partial(mail.send, _message(news, to, settings.site_url, ends_at)))


def _published(user_id: UUID | SQLColumnExpression[UUID]) -> Select[*tuple[Any, ...]]:
    """Since they follow, by whom they follow."""
    return (
        select(
            col(Listing.slug), col(Listing.title), col(Listing.tagline), col(Listing.accent), col(Listing.cover),
            col(Listing.published_at), col(CreatorProfile.name), col(CreatorProfile.username), col(Release.number),
            col(Release.notes), col(Release.released_at),
        )
        .join(Listing, col(Listing.id) == col(Release.listing_id))
        .join(CreatorProfile, col(CreatorProfile.id) == col(Listing.creator_id))
        .join(Follow, col(Follow.creator_id) == col(CreatorProfile.id))
        .where(col(Follow.user_id) == user_id, _is_told())
        .order_by(col(Release.released_at).desc(), col(Release.id))
    )  # fmt: skip


def _is_told() -> ColumnElement[bool]:
    """A release that was sold since the follow began, of what everybody may see now."""
    return (
        is_shown()
        & col(Release.status).in_([ReleaseStatus.READY, ReleaseStatus.REPLACED])
        & (col(Release.released_at) > col(Follow.created_at))
    )


def _is_to_be_mailed() -> tuple[ColumnElement[bool], ...]:
    """Neither seen nor mailed yet, and no update of a copy of theirs: of that they have a mail already."""
    since = func.greatest(col(NewsReader.seen_at), col(NewsReader.mailed_at))  # without those that are null
    has_copy = exists().where(
        col(Install.listing_id) == col(Listing.id),
        col(Install.user_id) == col(Follow.user_id),
        col(Install.status) == InstallStatus.LIVE,
        col(Install.app_id).is_not(None),
    )
    return (
        or_(since.is_(None), col(Release.released_at) > since),
        or_(col(NewsReader.user_id).is_(None), col(NewsReader.mails_news)),
        ~has_copy,
    )


def _news(row: Row[*tuple[Any, ...]], seen_at: datetime | None) -> News:
    is_first = row.published_at is not None and row.released_at <= row.published_at
    return News(
        slug=row.slug,
        title=row.title,
        tagline=row.tagline,
        accent=row.accent,
        cover=row.cover,
        creator=row.name,
        username=row.username,
        release=row.number,
        is_first=is_first,
        notes="" if is_first else plain_text(row.notes, _LONGEST_NOTES),
        at=row.released_at,
        is_unseen=seen_at is None or row.released_at > seen_at,
    )


def _message(news: Sequence[News], to: str, site_url: str, ends_at: str) -> Message:
    first = news[0]
    shown, more = news[:MOST_MAILED], len(news) - MOST_MAILED
    what = "published" if first.is_first else f"made release {first.release} of"
    others = "" if len(news) == 1 else f", and {len(news) - 1} more"
    return Message(
        to=to,
        subject=f"{unlinked(first.creator)} {what} {first.title}{others}",
        paragraphs=(
            "Hello,",
            "This is new from creators you follow.",
            *(f"{one.title} by {unlinked(one.creator)}: {_said(one)}" for one in shown),
            *((f"And {more} more.",) if more > 0 else ()),
        ),
        button="See what is new",
        link=f"{site_url}/news",
        closing="You have this mail at most once a day, because you follow them. It can be switched off on that page.",
        ends_at=ends_at,
    )


def _said(one: News) -> str:
    if one.is_first:
        return one.tagline or "published."
    return f"release {one.release}. {one.notes}".rstrip()


def _reader(session: Session, user_id: UUID) -> NewsReader | None:
    return session.get(NewsReader, user_id, populate_existing=True)  # `_change` writes past the session


def _change(session: Session, user_id: UUID, **values: object) -> None:
    """Make the row where there is none; two tabs may do so at once."""
    wanted = insert(NewsReader).values(user_id=user_id, **({"mails_news": True, "mails_updates": True} | values))
    if values:
        session.execute(wanted.on_conflict_do_update(index_elements=["user_id"], set_=values))
    else:
        session.execute(wanted.on_conflict_do_nothing())
