"""Publishing one app: where to, asked for, watched step by step, tried on some visitors, taken back."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import OverskillError
from overskill.models import Deployment
from overskill.services.accounts.sessions import COOKIE
from overskill.services.apps.findings import fix_request
from overskill.services.deployments import PublishView, deployment_topic
from overskill.services.figures import count_words
from overskill.services.studio import choose_gallery
from overskill.services.studio_publish import (
    apply_variables,
    approve_publish,
    cancel_publish,
    decline_publish,
    earlier_publishes,
    end_trial_by_hand,
    promote,
    publish,
    put_back,
    retry_publish,
    watch_publish,
)
from overskill.services.studio_settings import environment_of
from overskill.state.address import app_in_address
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.findings import MOST_SHOWN, FindingRow, count_by_severity, rows_of, scan_of
from overskill.state.limits import limit
from overskill.state.outages import outlast
from overskill.state.publish_cards import (
    NOTHING,
    NOWHERE,
    PLACES,
    PlaceCard,
    PublishCard,
    TimeBar,
    card_of,
    place_of,
    times_of,
    times_words,
)
from overskill.state.session import cookie_of, require_user
from overskill.state.toasts import done

LONGEST_WATCH_SECONDS = 900  # a publish ends long before; a closed tab must not be watched for ever
EVERYWHERE = "all"
_GONE = "That publish is not there any more. Reload the page."


class PublishState(rx.State):
    environment: str = "production"  # where the next publish goes, and what the tab tells of
    share: str = "0"  # percent of the visitors who get it first; "0": everybody at once
    place: PlaceCard = NOWHERE  # that environment
    places: list[PlaceCard] = []
    latest: PublishCard = NOTHING
    is_busy: bool = False
    has_just_ended: bool = False  # while this tab was looking
    waiting: list[PublishCard] = []  # for an approval
    may_change: bool = False
    may_decide: bool = False
    compiles: bool = True  # the current version
    shown_place: str = EVERYWHERE  # of the history
    history: list[PublishCard] = []
    earlier: list[PublishCard] = []  # asked for, after those
    has_earlier: bool = False  # than all these
    times: list[TimeBar] = []
    times_words: str = ""
    # of production, which other parts of the studio show too
    is_live: bool = False
    live_version: int = 0
    live_url: str = ""
    has_changes: bool = False
    in_gallery: bool = True
    scan: str = ""  # of the current version: "" not yet, "clean", "found", "blocked"
    findings: list[FindingRow] = []
    findings_words: str = ""  # "2 critical · 1 low"
    more_findings: str = ""  # how many are not shown, in words
    fix_request: str = ""  # the message that asks for all to be put right
    slug: str = ""  # of the app that all this is of
    _mark: int | None = None  # from before what is shown was read

    @rx.var
    def shown_history(self) -> list[PublishCard]:
        cards = [*self.history, *self.earlier]
        return [card for card in cards if self.shown_place in (EVERYWHERE, card.environment)]

    @rx.var
    def live_places(self) -> list[str]:
        return [place.name for place in self.places if place.is_live]

    @rx.event
    async def choose_environment(self, environment: str) -> None:
        self.environment = environment_of(environment).value
        assign(self, place=_place(self), share="0")

    @rx.event
    async def choose_share(self, share: str) -> None:
        self.share = share if share in ("5", "10", "25", "50") else "0"

    @rx.event
    async def show_history(self, place: str) -> None:
        self.shown_place = place if place in PLACES else EVERYWHERE

    @rx.event
    async def show_earlier(self) -> None:
        user = await require_user(self)
        last = [*self.history, *self.earlier][-1:]
        if not last:
            return
        view = await in_thread(earlier_publishes, user.id, app_in_address(self), UUID(last[0].id))
        assign(
            self,
            earlier=[*self.earlier, *(card_of(each) for each in view.history)],
            has_earlier=view.has_earlier,
        )

    @rx.event
    async def publish(self) -> EventType[()] | None:
        if self.is_busy:
            return None
        user = await require_user(self)
        await limit(user, "publish")
        services = container.get()
        asked = await in_thread(
            publish,
            user.id,
            app_in_address(self),
            self.environment,
            int(self.share),
            queue=services.queue,
            log=services.progress,
        )
        return _follow(self, asked)

    @rx.event
    async def promote(self) -> EventType[()] | None:
        """Move what the environment before shows to this one."""
        if self.is_busy:
            return None
        user = await require_user(self)
        await limit(user, "publish")
        services = container.get()
        asked = await in_thread(
            promote,
            user.id,
            app_in_address(self),
            self.place.next_from,
            self.environment,
            queue=services.queue,
            log=services.progress,
        )
        return _follow(self, asked)

    @rx.event
    async def apply_variables(self, environment: str) -> EventType[()] | None:
        """Give what an environment shows the variables that it has now."""
        if self.is_busy:
            return None
        user = await require_user(self)
        await limit(user, "publish")
        services = container.get()
        asked = await in_thread(
            apply_variables,
            user.id,
            app_in_address(self),
            environment,
            queue=services.queue,
            log=services.progress,
        )
        assign(self, environment=asked.environment.value)
        return _follow(self, asked)

    @rx.event
    async def retry(self, deployment_id: str) -> EventType[()] | None:
        return await _queue(self, retry_publish, deployment_id)

    @rx.event
    async def cancel(self, deployment_id: str) -> None:
        user = await require_user(self)
        await limit(user, "publish")
        key, log = id_in(deployment_id, _GONE), container.get().progress
        row = await in_thread(cancel_publish, user.id, app_in_address(self), key, log=log)
        if not row.status.is_final and self.latest.id == deployment_id:
            self.latest = replace(self.latest, is_stopping=True)

    @rx.event
    async def approve(self, deployment_id: str) -> EventType[()] | None:
        return await _queue(self, approve_publish, deployment_id)

    @rx.event
    async def decline(self, deployment_id: str) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "publish")
        key, log = id_in(deployment_id, _GONE), container.get().progress
        row = await in_thread(decline_publish, user.id, app_in_address(self), key, log=log)
        return done(f"Version {row.version} was declined.")

    @rx.event(background=True, supersedes=True)
    async def watch(self) -> None:
        """Show the publish that is under way, step by step, until it ends."""
        log = container.get().progress
        async with self:
            watched = _under_way(self)
        if watched is None:
            return
        until = time.monotonic() + LONGEST_WATCH_SECONDS
        look = partial(in_thread, watch_publish, watched.token, watched.slug, watched.key, log=log)
        async for _ in log.changes(deployment_topic(watched.key), since=watched.mark):
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
        return await _put_back(self, None)

    @rx.event
    async def put_back(self, deployment_id: str) -> EventType[()]:
        """Put any publish back whose bytes are kept."""
        return await _put_back(self, id_in(deployment_id, _GONE))

    @rx.event
    async def end_trial(self, is_good: bool) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "publish")
        services, key = container.get(), id_in(self.place.trial_id, _GONE)
        row = await in_thread(
            end_trial_by_hand, user.id, app_in_address(self), key, services.publisher, is_good=is_good
        )
        return done(f"Everybody gets version {row.version} now." if is_good else "The trial was stopped.")

    @rx.event
    async def choose_gallery(self, is_shown: bool) -> None:
        user = await require_user(self)
        log = container.get().progress
        await in_thread(choose_gallery, user.id, app_in_address(self), is_shown, log=log)
        self.in_gallery = is_shown


@dataclass(frozen=True)
class _Watched:
    token: str  # of the cookie of who looks
    slug: str
    key: UUID
    mark: int | None


def _under_way(state: PublishState) -> _Watched | None:
    if not state.is_busy:
        return None
    return _Watched(cookie_of(state, COOKIE), app_in_address(state), UUID(state.latest.id), state._mark)  # noqa: SLF001


async def _queue(state: PublishState, ask: Callable[..., Deployment], deployment_id: str) -> EventType[()] | None:
    """Have an earlier publish run, and watch it."""
    user = await require_user(state)
    await limit(user, "publish")
    services, key = container.get(), id_in(deployment_id, _GONE)
    asked = await in_thread(ask, user.id, app_in_address(state), key, queue=services.queue, log=services.progress)
    return _follow(state, asked)


def _follow(state: PublishState, asked: Deployment) -> EventType[()] | None:
    if asked.needs_approval:
        return done("Asked. It is published once the team's owner or an admin approves it here.")
    latest = PublishCard(
        id=str(asked.id),
        version=asked.version,
        environment=asked.environment,
        place=PLACES[asked.environment],
        status="pending",
        words="Waiting",
        percent=5,
        is_final=False,
    )
    assign(state, is_busy=True, has_just_ended=False, latest=latest, share="0", _mark=None)
    return PublishState.watch


async def _put_back(state: PublishState, deployment_id: UUID | None) -> EventType[()]:
    user = await require_user(state)
    await limit(user, "publish")
    target = await in_thread(
        put_back,
        user.id,
        app_in_address(state),
        container.get().publisher,
        environment=state.environment,
        deployment_id=deployment_id,
    )
    return done(f"Version {target.version} is live again.")


def show_publishing(state: PublishState, view: PublishView, slug: str, mark: int | None) -> bool:
    """Whether a publish is under way that this tab did not know of. `mark` is from before `view` was read."""
    was_busy = state.is_busy
    latest = state.latest if _is_older(view, state, slug) else card_of(view.latest) if view.latest else NOTHING
    if state.slug != slug:  # where somebody published last is where they are likely to publish next
        assign(state, slug=slug, environment=latest.environment or "production", shown_place=EVERYWHERE, share="0")
        assign(state, history=[], earlier=[], has_earlier=view.has_earlier)
    _show_history(state, view)
    assign(
        state,
        places=[place_of(each) for each in view.environments],
        latest=latest,
        is_busy=not latest.is_final,
        waiting=[card_of(each) for each in view.waiting],
        may_change=view.may_change,
        may_decide=view.may_decide,
        compiles=view.compiles,
        times=times_of(view.history),
        times_words=times_words(view.history),
        is_live=view.live_url != "",
        live_version=view.live_version,
        live_url=view.live_url,
        has_changes=view.has_changes,
        in_gallery=view.in_gallery,
        _mark=mark,
    )
    assign(state, place=_place(state))
    _show_findings(state, view)
    return state.is_busy and not was_busy


def _is_older(view: PublishView, state: PublishState, slug: str) -> bool:
    """Whether it was read before the publish was asked for that this tab waits for, and so knows nothing of it."""
    return state.is_busy and state.slug == slug and all(each.id != state.latest.id for each in view.history)


def _show_history(state: PublishState, view: PublishView) -> None:
    """What newer ones push out of it stays in sight once somebody asked for earlier ones."""
    known = {each.id for each in view.history}
    pushed_out = [card for card in state.history if card.id not in known] if state.earlier else []
    earlier = [*pushed_out, *(card for card in state.earlier if card.id not in known)]
    assign(state, history=[card_of(each) for each in view.history], earlier=earlier)
    if not earlier:
        assign(state, has_earlier=view.has_earlier)


def _place(state: PublishState) -> PlaceCard:
    return next((place for place in state.places if place.name == state.environment), NOWHERE)


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
