"""Deciding on somebody's app, account, listing, review or money: one dialog, always with a reason."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.container import Container
from overskill.db import in_thread
from overskill.errors import InvalidInput
from overskill.models import Act, SubjectKind
from overskill.services.accounts.sessions import SignedIn
from overskill.services.admin.suspending import Switchboard
from overskill.services.market.moderation import act, is_own
from overskill.services.market.try_outs import end_try_outs
from overskill.state.admin_apps import AppsState
from overskill.state.admin_market import ListingsState, ReportsState
from overskill.state.admin_users import UsersState
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.session import require_admin
from overskill.state.toasts import done, later

_GONE = "What you decide on is not there any more. Reload the page."
_THEIRS = "Whom it concerns gets the reason by mail."
_YOURS = "It is your own, and there is no other admin to decide: the audit log says so."
_TITLES = {
    Act.APPROVE: "Approve",
    Act.DECLINE: "Send back",
    Act.SUSPEND: "Suspend",
    Act.RESTORE: "Restore",
    Act.HIDE: "Hide",
    Act.TAKE_DOWN: "Take down",
    Act.HOLD: "Hold the money of",
    Act.RELEASE: "Release the money of",
}
_MEANS = {
    (SubjectKind.APP, Act.SUSPEND): "It goes off the air everywhere within seconds, and can't be published until it is "
    "restored.",
    (SubjectKind.APP, Act.TAKE_DOWN): "It goes off the air everywhere within seconds. Its owner can publish it again.",
    (SubjectKind.APP, Act.RESTORE): "What was live is published again.",
    (SubjectKind.USER, Act.SUSPEND): "They are signed out everywhere, and can't sign in. Their apps stay as they are.",
    (SubjectKind.USER, Act.RESTORE): "They can sign in again.",
    (SubjectKind.LISTING, Act.APPROVE): "It is published.",
    (SubjectKind.LISTING, Act.DECLINE): "It goes back to its draft.",
    (SubjectKind.LISTING, Act.SUSPEND): "Nobody sees or buys it until it is restored.",
    (SubjectKind.LISTING, Act.RESTORE): "It is sold as before.",
    (SubjectKind.REVIEW, Act.HIDE): "Nobody sees it until it is restored.",
    (SubjectKind.CREATOR, Act.SUSPEND): "Nothing of theirs is shown or sold until they are restored.",
    (SubjectKind.CREATOR, Act.HOLD): "Nothing is transferred to them until it is released.",
    (SubjectKind.CREATOR, Act.RELEASE): "What is due is transferred with the next ones.",
}


class DecideState(rx.State):
    is_open: bool = False
    title: str = ""
    means: str = ""
    refusal: str = ""
    is_busy: bool = False
    kind: str = ""
    subject_id: str = ""
    act: str = ""

    @rx.event
    async def ask(self, kind: str, subject_id: str, act_name: str, name: str) -> None:
        user = await require_admin(self)
        what, wanted = _kind(kind), _act(act_name)
        is_theirs = await in_thread(is_own, user.id, what, id_in(subject_id, _GONE), wanted)
        assign(
            self,
            kind=what.value,
            subject_id=subject_id,
            act=wanted.value,
            title=f"{_TITLES[wanted]} {name}",
            means=f"{_MEANS.get((what, wanted), '')} {_YOURS if is_theirs else _THEIRS}".strip(),
            refusal="",
            is_open=True,
        )

    @rx.event
    async def close(self, _is_open: bool) -> None:
        await require_admin(self)
        assign(self, is_open=False)

    @rx.event
    async def decide(self, form: dict[str, str]) -> AsyncIterator[list[EventType[()]] | None]:
        """The edge may take its time; meanwhile the button turns."""
        user = await require_admin(self)
        assign(self, is_busy=True)
        yield None
        try:
            yield await self._decide(user, form)
        finally:
            assign(self, is_busy=False)

    async def _decide(self, user: SignedIn, form: dict[str, str]) -> list[EventType[()]]:
        services = container.get()
        what, wanted, subject_id = _kind(self.kind), _act(self.act), id_in(self.subject_id, _GONE)
        switchboard = _switchboard(services)
        try:
            await in_thread(
                act,
                user.id,
                what,
                subject_id,
                wanted,
                reason=form.get("reason", ""),
                queue=services.queue,
                effects=switchboard.effects,
            )
        except InvalidInput as error:
            assign(self, refusal=error.message)
            return []
        assign(self, is_open=False)
        return [await _carry_out(switchboard, what, wanted, subject_id), *_look_again(self)]


def _look_again(state: rx.State) -> list[EventType[()]]:
    """What the page behind the dialog shows has changed."""
    pages: dict[str, EventType[()]] = {
        "/admin/apps": AppsState.load,
        "/admin/users": UsersState.load,
        "/admin/listings": ListingsState.load,
        "/admin/reports": ReportsState.load,
    }
    page = pages.get(state.router.url.path.rstrip("/"))
    return [page] if page is not None else []


async def _carry_out(switchboard: Switchboard, kind: SubjectKind, wanted: Act, subject_id: UUID) -> EventType[()]:
    if kind is SubjectKind.APP and wanted in (Act.SUSPEND, Act.TAKE_DOWN):
        is_off = await asyncio.to_thread(switchboard.take_down_everywhere, subject_id)
        if not is_off:
            return later("The edge does not answer. The app goes off the air by itself once it does.")
        return done("It is off the air everywhere.")
    if wanted is Act.SUSPEND:  # of a listing, a creator or an account: what visitors are trying of it
        await asyncio.to_thread(end_try_outs, switchboard.publisher)
    return done("Done.")


def _switchboard(services: Container) -> Switchboard:
    return Switchboard(services.publisher, services.shares, services.redis)


def _kind(name: str) -> SubjectKind:
    try:
        return SubjectKind(name)
    except ValueError:
        raise InvalidInput("Nothing can be decided on that.") from None


def _act(name: str) -> Act:
    try:
        return Act(name)
    except ValueError:
        raise InvalidInput("That is nothing that can be decided.") from None
