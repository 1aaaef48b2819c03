"""The domains of one app: claimed, checked, led to one another, removed."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import Conflict, InvalidInput, LimitReached
from overskill.services.accounts.sessions import COOKIE
from overskill.services.domains import DomainView
from overskill.services.domains.records import DnsRecord, as_read
from overskill.services.studio_domains import DomainsView, add, check, records_of, redirect, remove, view_domains
from overskill.state.address import app_in_address
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.session import cookie_of, require_user
from overskill.state.toasts import done

_GONE = "That domain is not there any more. Reload the page."
STATUS_WORDS = {
    "pending": "Waiting for DNS",
    "issuing": "Certificate on its way",
    "active": "Live",
    "failed": "Doesn't lead here",
}


@dataclass(frozen=True)
class RecordRow:
    kind: str
    name: str
    value: str
    purpose: str


@dataclass(frozen=True)
class DomainRow:
    id: str
    host: str
    name: str
    status: str
    words: str
    error: str
    leads_to: str  # the name of another of the app's domains; "": it shows the app
    may_lead_to: list[str]  # hosts of the others that show the app
    records: list[RecordRow]  # to set; none once it is live


class DomainsState(rx.State):
    is_loaded: bool = False
    may_change: bool = False
    domains: list[DomainRow] = []
    is_checking: bool = False
    refusal: str = ""
    added: int = 0  # grows: the form begins anew
    _read: DomainsView | None = None  # with the editor's own rows, and not shown yet

    @rx.event
    async def load(self) -> None:
        await _show(self)

    @rx.event
    async def show(self) -> None:
        """What the editor has read. Name servers may be asked for it, and nobody waits for them."""
        view, self._read = self._read, None
        if view is not None:
            await _show_view(self, view)

    @rx.event
    async def add(self, form: dict[str, Any]) -> EventType[()] | None:
        user = await require_user(self)
        await limit(user, "settings")
        services, typed = container.get(), form.get("host", "")
        try:
            claimed = await in_thread(
                add,
                user.id,
                app_in_address(self),
                typed if isinstance(typed, str) else "",
                with_www=bool(form.get("with_www")),
                settings=services.settings,
                log=services.progress,
            )
        except (InvalidInput, Conflict, LimitReached) as refusal:
            self.refusal = refusal.message
            return None
        assign(self, refusal="", added=self.added + 1, is_checking=True)
        await _show(self)
        return DomainsState.look([str(key) for key in claimed])  # type: ignore[no-any-return, misc]  # Reflex types handlers so

    @rx.event
    async def check(self, domain_id: str) -> EventType[()] | None:
        if self.is_checking:
            return None
        self.is_checking = True
        return DomainsState.look([domain_id])  # type: ignore[no-any-return, misc]  # Reflex types handlers so

    @rx.event(background=True, supersedes=True)
    async def look(self, domain_ids: list[str]) -> None:
        """Name servers take seconds: the tab says that they are asked, and is free meanwhile."""
        services = container.get()
        try:
            async with self:
                user = await require_user(self)
                await limit(user, "settings")
                slug = app_in_address(self)
            ask = partial(
                check,
                resolver=services.resolver,
                hosts=services.hosts,
                routes=services.routes,
                settings=services.settings,
                log=services.progress,
            )
            await asyncio.to_thread(ask, user.id, slug, [id_in(key, _GONE) for key in domain_ids])
            async with self:
                await _show(self)
        finally:
            async with self:
                self.is_checking = False

    @rx.event
    async def redirect(self, domain_id: str, target: str) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "settings")
        services = container.get()
        name = await in_thread(
            redirect,
            user.id,
            app_in_address(self),
            id_in(domain_id, _GONE),
            target,
            routes=services.routes,
            log=services.progress,
        )
        await _show(self)
        return done(f"{name} leads to {as_read(target)} now." if target else f"{name} shows the app now.")

    @rx.event
    async def remove(self, domain_id: str) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "settings")
        services = container.get()
        name = await in_thread(
            remove,
            user.id,
            app_in_address(self),
            id_in(domain_id, _GONE),
            routes=services.routes,
            hosts=services.hosts,
            log=services.progress,
        )
        await _show(self)
        return done(f"{name} was removed.")


def keep_domains(state: DomainsState, view: DomainsView) -> EventType[()]:
    """What the editor has read, for the event that shows it."""
    assign(state, _read=view)
    return DomainsState.show


async def _show(state: DomainsState) -> None:
    token, settings = cookie_of(state, COOKIE), container.get().settings
    await _show_view(state, await in_thread(view_domains, token, app_in_address(state), settings=settings))


async def _show_view(state: DomainsState, view: DomainsView) -> None:
    rows = await asyncio.to_thread(_rows, view)
    assign(state, is_loaded=True, may_change=view.may_change, domains=rows)


def _rows(view: DomainsView) -> list[DomainRow]:
    services = container.get()
    waiting = [each for each in view.domains if each.status != "active"]
    found = records_of(waiting, view.target, resolver=services.resolver, settings=services.settings)
    records = dict(zip((each.id for each in waiting), found, strict=True))
    shown = [each for each in view.domains if not each.redirects_to]
    return [_row(each, shown, records.get(each.id, [])) for each in view.domains]


def _row(view: DomainView, shown: Sequence[DomainView], records: Sequence[DnsRecord]) -> DomainRow:
    return DomainRow(
        id=str(view.id),
        host=view.host,
        name=view.name,
        status=view.status,
        words=STATUS_WORDS[view.status],
        error=view.error,
        leads_to=as_read(view.redirects_to) if view.redirects_to else "",
        may_lead_to=[other.host for other in shown if other.id != view.id and other.host != view.redirects_to],
        records=[RecordRow(each.kind, each.name, each.value, each.purpose) for each in records],
    )
