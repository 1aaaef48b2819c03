"""What creators that one follows published, and which mails about it one wants."""

from dataclasses import dataclass
from uuid import UUID

import reflex as rx

from overskill.db import in_thread
from overskill.errors import SignInRequired
from overskill.services.market.news import News, choose_mails, mark_seen, view_news
from overskill.state.base import assign
from overskill.state.session import SessionState, greet, require_user


@dataclass(frozen=True)
class NewsRow:
    key: str
    slug: str
    title: str
    tagline: str
    accent: str
    cover: str
    creator: str
    username: str
    what: str  # "published" or "made release 2 of"
    notes: str
    at: str  # ISO time
    is_unseen: bool


class NewsState(rx.State):
    is_loaded: bool = False
    news: list[NewsRow] = []
    following: int = 0
    mails_news: bool = True
    mails_updates: bool = True

    @rx.event
    async def load(self) -> None:
        """What is shown is seen from then on; it stays marked until the next visit."""
        user = await greet(self)
        if user is None:
            raise SignInRequired("You are signed out. Sign in to see what is new.")
        page = await in_thread(view_news, user.id)
        await in_thread(mark_seen, user.id)
        assign(
            self,
            is_loaded=True,
            news=[_row(one) for one in page.news],
            following=page.following,
            mails_news=page.mails_news,
            mails_updates=page.mails_updates,
        )
        assign(await self.get_state(SessionState), has_news=False)

    @rx.event
    async def want_news(self, wanted: bool) -> None:
        await self._choose((await require_user(self)).id, news=wanted, updates=self.mails_updates)

    @rx.event
    async def want_updates(self, wanted: bool) -> None:
        await self._choose((await require_user(self)).id, news=self.mails_news, updates=wanted)

    async def _choose(self, user_id: UUID, *, news: bool, updates: bool) -> None:
        await in_thread(choose_mails, user_id, news=news, updates=updates)
        assign(self, mails_news=news, mails_updates=updates)


def _row(one: News) -> NewsRow:
    return NewsRow(
        key=f"{one.slug}-{one.release}",
        slug=one.slug,
        title=one.title,
        tagline=one.tagline,
        accent=one.accent,
        cover=one.cover,
        creator=one.creator,
        username=one.username,
        what="published" if one.is_first else f"made release {one.release} of",
        notes=one.notes,
        at=one.at.isoformat(),
        is_unseen=one.is_unseen,
    )
