"""Who came to one environment of an app, how a trial there goes, and what went wrong at the edge."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.clients.edge_incidents import Incident
from overskill.clients.edge_usage import Counts
from overskill.db import in_thread
from overskill.errors import OverskillError
from overskill.services.accounts.sessions import COOKIE
from overskill.services.deployments import deployment_topic
from overskill.services.deployments.judging import ENOUGH_TO_PROMOTE
from overskill.services.deployments.usage import DayView, TrafficRows, TrafficView, view_traffic
from overskill.services.figures import count_words
from overskill.services.studio_publish import read_traffic
from overskill.services.studio_settings import environment_of
from overskill.state.address import app_in_address
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.outages import outlast
from overskill.state.publish import LONGEST_WATCH_SECONDS, PublishState
from overskill.state.session import cookie_of

LOOK_AGAIN_SECONDS = 4.0  # while a trial goes on: counts have no bell
LOWEST_BAR = 2.0  # percent of the height, so that one request on a busy day is seen
_GONE = "That trial is over. Reload the page."


@dataclass(frozen=True)
class DayBar:
    label: str  # "21 Nov"
    requests: str
    errors: str
    height: float  # percent
    error_height: float  # of the same scale


@dataclass(frozen=True)
class CountCard:
    """What one of the two versions of a trial answered."""

    requests: str = "0"
    errors: str = "0"
    rate: str = "–"
    speed: str = "–"


class TrafficState(rx.State):
    is_loaded: bool = False
    days: list[DayBar] = []
    words: str = ""  # of all these days
    has_visits: bool = False
    stable: CountCard = CountCard()
    canary: CountCard = CountCard()
    is_counted: bool = False  # the counts of a trial could be read
    trial_words: str = ""  # what is waited for
    trial_percent: int = 0  # of the requests that a verdict needs
    incident: str = ""  # the newest of the last day, in words
    incident_at: str = ""
    _read: TrafficRows | None = None  # with the editor's own rows, and not shown yet

    @rx.event
    async def load(self) -> EventType[()] | None:
        return await _show(self, await in_thread(read_traffic, cookie_of(self, COOKIE), app_in_address(self)))

    @rx.event
    async def show(self) -> EventType[()] | None:
        """What the editor has read, with what the edge tells."""
        rows, self._read = self._read, None
        return await _show(self, rows) if rows is not None else None

    @rx.event(background=True, supersedes=True)
    async def watch(self) -> None:
        """While a version is tried on some visitors, count again and again."""
        log, until = container.get().progress, time.monotonic() + LONGEST_WATCH_SECONDS
        async with self:
            token, slug = cookie_of(self, COOKIE), app_in_address(self)
            place = (await self.get_state(PublishState)).place
        if not place.trial_id:
            return
        look = partial(_look, token, slug, place.name)
        topic = deployment_topic(id_in(place.trial_id, _GONE))
        now = await asyncio.to_thread(log.mark)  # it was read just before this
        async for _ in log.changes(topic, at_least_every=LOOK_AGAIN_SECONDS, since=now):
            try:
                view = await outlast(self, look)
            except OverskillError:
                return  # the app was deleted meanwhile
            async with self:
                if (await self.get_state(PublishState)).environment != place.name:
                    return
                _show_view(self, view)
            if view.trial is None or time.monotonic() > until:
                return


def keep_traffic(state: TrafficState, rows: TrafficRows) -> EventType[()]:
    """What the editor has read, for the event that shows it."""
    assign(state, _read=rows)
    return TrafficState.show


async def _look(token: str, slug: str, environment: str) -> TrafficView:
    return await _view(await in_thread(read_traffic, token, slug), environment)


async def _view(rows: TrafficRows, environment: str) -> TrafficView:
    services = container.get()
    place = environment_of(environment)
    return await asyncio.to_thread(view_traffic, rows, place, usage=services.usage, redis=services.redis)


async def _show(state: TrafficState, rows: TrafficRows) -> EventType[()] | None:
    view = await _view(rows, (await state.get_state(PublishState)).environment)
    _show_view(state, view)
    return TrafficState.watch if view.trial else None


def _show_view(state: TrafficState, view: TrafficView) -> None:
    requests, errors = sum(day.requests for day in view.days), sum(day.errors for day in view.days)
    trial = view.trial
    answered = trial.canary.requests if trial else 0
    missing = max(0, ENOUGH_TO_PROMOTE - answered)
    newest = view.incidents[0] if view.incidents else None
    assign(
        state,
        is_loaded=True,
        days=_bars(view.days),
        words=f"{count_words(requests, 'request')}, {count_words(errors, 'error')} in two weeks",
        has_visits=requests > 0,
        stable=_counted(trial.stable) if trial else CountCard(),
        canary=_counted(trial.canary) if trial else CountCard(),
        is_counted=trial is not None,
        trial_words=f"{count_words(missing, 'more request')} until it can be judged"
        if missing
        else "Enough to judge it",
        trial_percent=min(100, round(answered / ENOUGH_TO_PROMOTE * 100)),
        incident=_incident_words(newest) if newest else "",
        incident_at=newest.at.isoformat() if newest else "",
    )


def _bars(days: Sequence[DayView]) -> list[DayBar]:
    most = max((day.requests for day in days), default=0) or 1
    return [
        DayBar(
            label=f"{day.day.day} {day.day:%b}",
            requests=f"{day.requests:,}",
            errors=f"{day.errors:,}",
            height=_height(day.requests, most),
            error_height=_height(day.errors, most),
        )
        for day in days
    ]


def _height(count: int, most: int) -> float:
    return max(LOWEST_BAR, round(count / most * 100, 1)) if count else 0.0


def _counted(counts: Counts) -> CountCard:
    if not counts.requests:
        return CountCard()
    return CountCard(
        requests=f"{counts.requests:,}",
        errors=f"{counts.errors:,}",
        rate=f"{counts.error_rate:.1%}",
        speed=f"{counts.milliseconds / counts.requests:.0f} ms",
    )


def _incident_words(incident: Incident) -> str:
    which = "The version that is tried" if incident.is_canary else "The app"
    if incident.error:
        return f"{which} failed in its server code: {incident.error}"
    words = f"{which} {_what(incident.reason)}, so the process that ran its server code was ended."
    if incident.paused_until:
        return f"{words} Until it is changed, visitors read that it is paused for a moment."
    return f"{words} It was started again."


def _what(reason: str) -> str:
    return "did not answer any more" if reason == "hung" else reason
