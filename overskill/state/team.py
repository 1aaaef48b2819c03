"""Who is in a team, who is invited, and the page of an invitation."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import reflex as rx
from reflex.event import EventSpec, EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotAllowed, OverskillError
from overskill.services.accounts.invitations import (
    InvitationView,
    accept,
    invite,
    list_invitations,
    read_offer,
    take_back,
)
from overskill.services.accounts.members import MemberView, change_role, list_members, remove_member
from overskill.services.accounts.sessions import SignedIn
from overskill.services.accounts.teams import TeamView, teams_of
from overskill.services.rate_limits import count_attempt
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.session import current_user, greet_user, require_user
from overskill.state.toasts import done

_NO_TEAM = "There is no such team, or you are not in it."
_NO_MEMBER = "That person is not in the team any more. Reload the page."
_NO_INVITATION = "That invitation is not open any more. Reload the page."


@dataclass(frozen=True)
class TeamOption:
    id: str
    name: str


@dataclass(frozen=True)
class MemberRow:
    id: str
    name: str
    email: str
    initials: str
    role: str
    is_me: bool
    is_owner: bool


@dataclass(frozen=True)
class InvitationRow:
    id: str
    email: str
    role: str
    inviter: str
    expires_at: str  # ISO time


class TeamState(rx.State):
    is_loaded: bool = False
    teams: list[TeamOption] = []
    team_id: str = ""
    may_change: bool = False
    members: list[MemberRow] = []
    invitations: list[InvitationRow] = []
    link: str = ""  # of the invitation that was just made: it is shown once
    invited: str = ""  # the address it was made for
    refused: str = ""  # which input of the form
    refusal: str = ""  # why

    @rx.event
    async def load(self) -> None:
        user = await greet_user(self)
        teams = await in_thread(teams_of, user.id)
        wanted = self.router.url.query_parameters.get("team", "") or self.team_id
        chosen = next((team for team in teams if str(team.id) == wanted), teams[0] if teams else None)
        assign(self, teams=[TeamOption(str(team.id), team.name) for team in teams], link="", invited="")
        if chosen is not None:
            await self._show(user, chosen)
        self.is_loaded = True

    @rx.event
    async def show_team(self, team_id: str) -> None:
        user = await require_user(self)
        teams = await in_thread(teams_of, user.id)
        chosen = next((team for team in teams if str(team.id) == team_id), None)
        if chosen is None:
            raise NotAllowed(_NO_TEAM)
        assign(self, link="", invited="", refused="", refusal="")
        await self._show(user, chosen)

    @rx.event
    async def invite(self, form: dict[str, str]) -> EventType[()] | None:
        """Mail a link, and show it once for where no mail is sent."""
        user = await require_user(self)
        services = container.get()
        await asyncio.to_thread(count_attempt, services.redis, "invite", str(user.id), limit="30/hour")
        email, role = form.get("email", ""), form.get("role", "")
        try:
            token = await in_thread(invite, user.id, self._team(), email=email, role=role, queue=services.queue)
        except OverskillError as error:
            if not error.field:
                raise
            assign(self, refused=error.field, refusal=error.message)
            return None
        link = f"{services.settings.site_url}/join?token={token}"
        assign(self, link=link, invited=email.strip().lower(), refused="", refusal="")
        return TeamState.refresh

    @rx.event
    async def take_back(self, invitation_id: str) -> list[EventType[()]]:
        user = await require_user(self)
        await in_thread(take_back, user.id, self._team(), id_in(invitation_id, _NO_INVITATION))
        assign(self, link="", invited="")
        return [done("That link does not work any more."), TeamState.refresh]

    @rx.event
    async def change_role(self, member_id: str, role: str) -> EventType[()]:
        user = await require_user(self)
        await in_thread(change_role, user.id, self._team(), id_in(member_id, _NO_MEMBER), role)
        return TeamState.refresh

    @rx.event
    async def remove(self, member_id: str) -> list[EventType[()]]:
        """Take somebody out, or leave."""
        user = await require_user(self)
        member = id_in(member_id, _NO_MEMBER)
        await in_thread(remove_member, user.id, self._team(), member)
        words = "You left the team." if member == user.id else "They are not in the team any more."
        return [done(words), TeamState.load]

    @rx.event
    async def refresh(self) -> None:
        user = await require_user(self)
        teams = await in_thread(teams_of, user.id)
        chosen = next((team for team in teams if str(team.id) == self.team_id), None)
        if chosen is not None:
            await self._show(user, chosen)

    def _team(self) -> UUID:
        return id_in(self.team_id, _NO_TEAM)

    async def _show(self, user: SignedIn, team: TeamView) -> None:
        members = await in_thread(list_members, user.id, team.id)
        invitations: Sequence[InvitationView] = ()
        if team.may_change:
            invitations = await in_thread(list_invitations, user.id, team.id)
        assign(
            self,
            team_id=str(team.id),
            may_change=team.may_change,
            members=[_member(member) for member in members],
            invitations=[_invitation(one) for one in invitations],
        )


class JoinState(rx.State):
    """The page that a link leads to."""

    is_loaded: bool = False
    is_signed_in: bool = False
    problem: str = ""
    team: str = ""
    inviter: str = ""
    role_words: str = ""
    here: str = ""  # the query that brings one back after signing in

    @rx.event
    async def load(self) -> None:
        token = self._token()
        user = await current_user(self)
        assign(self, is_loaded=True, is_signed_in=user is not None, here=f"?next=%2Fjoin%3Ftoken%3D{token}", problem="")
        try:
            offer = await in_thread(read_offer, token)
        except OverskillError as refusal:
            self.problem = refusal.message
            return
        assign(self, team=offer.team, inviter=offer.inviter, role_words=offer.role_words)

    @rx.event
    async def accept(self) -> EventSpec:
        user = await require_user(self)
        await asyncio.to_thread(count_attempt, container.get().redis, "join", str(user.id), limit="30/hour")
        await in_thread(accept, user.id, self._token())
        return rx.redirect("/studio")

    def _token(self) -> str:
        """As it stands in the address: only what a token can hold."""
        given: str = self.router.url.query_parameters.get("token", "")
        return "".join(letter for letter in given if letter.isascii() and (letter.isalnum() or letter in "-_"))[:100]


def _member(member: MemberView) -> MemberRow:
    return MemberRow(
        id=str(member.user_id),
        name=member.name,
        email=member.email,
        initials="".join(word[0] for word in member.name.split()[:2]).upper(),
        role=member.role.value,
        is_me=member.is_me,
        is_owner=member.role == "owner",
    )


def _invitation(one: InvitationView) -> InvitationRow:
    return InvitationRow(str(one.id), one.email, one.role.value, one.inviter, one.expires_at.isoformat())
