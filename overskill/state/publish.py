"""Publishing one app: asked for, watched step by step, taken back."""

import time
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import OverskillError
from overskill.services.apps.findings import fix_request
from overskill.services.deployments import DeploymentView, PublishView, deployment_topic
from overskill.services.figures import count_words, duration_words, size_words
from overskill.services.studio import choose_gallery
from overskill.services.studio_publish import publish, put_back, watch_publish
from overskill.state.address import app_in_address
from overskill.state.base import assign
from overskill.state.findings import MOST_SHOWN, FindingRow, count_by_severity, rows_of, scan_of
from overskill.state.limits import limit
from overskill.state.outages import outlast
from overskill.state.session import current_user, require_user
from overskill.state.toasts import done

LONGEST_WATCH_SECONDS = 900  # a publish ends long before; a closed tab must not be watched for ever
STATUS_WORDS = {
    "pending": "Waiting",
    "building": "Building",
    "deploying": "Uploading",
    "deployed": "Published",
    "failed": "Failed",
    "rolled_back": "Taken back",
    "cancelled": "Overtaken",
}


@dataclass(frozen=True)
class PublishCard:
    id: str
    version: int
    status: str
    words: str
    percent: int
    steps: list[str]
    error: str
    facts: str  # "1.2 s · 240 KB"
    at: str  # ISO time
    is_live: bool
    is_final: bool


NOTHING = PublishCard("", 0, "", "", 0, [], "", "", "", is_live=False, is_final=True)


class PublishState(rx.State):
    latest: PublishCard = NOTHING
    history: list[PublishCard] = []
    is_busy: bool = False
    has_just_ended: bool = False  # while this tab was looking
    is_live: bool = False
    live_version: int = 0
    live_url: str = ""
    previous_version: int = 0  # what one click puts back; 0: nothing
    has_changes: bool = False
    in_gallery: bool = True
    address: str = ""  # where the app is, or will be
    short_address: str = ""
    scan: str = ""  # of the current version: "" not yet, "clean", "found", "blocked"
    findings: list[FindingRow] = []
    findings_words: str = ""  # "2 critical · 1 low"
    more_findings: str = ""  # how many are not shown, in words
    fix_request: str = ""  # the message that asks for all to be put right

    @rx.event
    async def publish(self) -> EventType[()] | None:
        if self.is_busy:
            return None
        user = await require_user(self)
        await limit(user, "publish")
        services = container.get()
        asked = await in_thread(
            publish, user.id, app_in_address(self), "production", queue=services.queue, log=services.progress
        )
        self.is_busy, self.has_just_ended = True, False
        self.latest = PublishCard(
            str(asked.id), 0, "pending", "Waiting", 5, [], "", "", "", is_live=False, is_final=False
        )
        return PublishState.watch

    @rx.event(background=True, supersedes=True)
    async def watch(self) -> None:
        """Show the publish that is under way, step by step, until it ends."""
        log = container.get().progress
        watched = await outlast(self, partial(_under_way, self))
        if watched is None:
            return
        until = time.monotonic() + LONGEST_WATCH_SECONDS
        look = partial(in_thread, watch_publish, watched.user_id, watched.slug, watched.key, log=log)
        async for _ in log.changes(deployment_topic(watched.key)):
            try:
                now = await outlast(self, look)
            except OverskillError:
                return  # the app was deleted meanwhile
            async with self:
                if self.latest.id != str(watched.key):
                    return
                assign(self, latest=card_of(now), is_busy=not now.is_final, has_just_ended=now.is_final)
            if now.is_final or time.monotonic() > until:
                return

    @rx.event
    async def take_back(self) -> EventType[()]:
        """Put the publish before the live one back."""
        user = await require_user(self)
        await limit(user, "publish")
        services = container.get()
        target = await in_thread(put_back, user.id, app_in_address(self), services.publisher)
        return done(f"Version {target.version} is live again.")

    @rx.event
    async def choose_gallery(self, is_shown: bool) -> None:
        user = await require_user(self)
        log = container.get().progress
        await in_thread(choose_gallery, user.id, app_in_address(self), is_shown, log=log)
        self.in_gallery = is_shown


@dataclass(frozen=True)
class _Watched:
    user_id: UUID
    slug: str
    key: UUID


async def _under_way(state: PublishState) -> _Watched | None:
    async with state:
        user = await current_user(state)
        if user is None or not state.is_busy:
            return None
        return _Watched(user.id, app_in_address(state), UUID(state.latest.id))


def show_publishing(state: PublishState, view: PublishView, address: str) -> bool:
    """Whether a publish is under way that this tab did not know of."""
    was_busy = state.is_busy
    latest = card_of(view.latest) if view.latest else NOTHING
    assign(
        state,
        latest=latest,
        history=[card_of(each) for each in view.history],
        is_busy=not latest.is_final,
        is_live=view.live_url != "",
        live_version=view.live_version,
        live_url=view.live_url,
        previous_version=view.can_roll_back_to,
        has_changes=view.has_changes,
        in_gallery=view.in_gallery,
        address=address,
        short_address=address.split("://", 1)[-1],
    )
    _show_findings(state, view)
    return state.is_busy and not was_busy


def _show_findings(state: PublishState, view: PublishView) -> None:
    found = view.findings or ()
    assign(
        state,
        scan=scan_of(view.findings),
        findings=rows_of(found),
        findings_words=count_by_severity(found),
        more_findings=f"And {count_words(len(found) - MOST_SHOWN, 'more finding')}." if len(found) > MOST_SHOWN else "",
        fix_request=fix_request(found),
    )


def card_of(view: DeploymentView) -> PublishCard:
    size = size_words(view.size) if view.size else ""
    duration = duration_words(view.seconds) if view.is_final else ""
    return PublishCard(
        id=view.id,
        version=view.version,
        status=view.status,
        words=STATUS_WORDS[view.status],
        percent=view.percent,
        steps=list(view.log),
        error=view.error,
        facts=" · ".join(filter(None, (duration, size))),
        at=view.created_at.isoformat(),
        is_live=view.is_live,
        is_final=view.is_final,
    )
