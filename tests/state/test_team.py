from uuid import UUID

import pytest

from overskill import db
from overskill.errors import NotAllowed, SignInRequired
from overskill.models import Membership, Role, User
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.apps import own_team
from overskill.state.team import JoinState, TeamState
from tests.conftest import Tab
from tests.factories import make_user


def join(tab: Tab, name: str = "Ada Lovelace") -> tuple[User, UUID]:
    with db.transaction() as session:
        user = make_user(session, name=name)
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"
        return user, own_team(session, user.id)


def add_member(team: UUID, role: Role, name: str = "Bob") -> User:
    with db.transaction() as session:
        user = make_user(session, name=name)
        session.add(Membership(team_id=team, user_id=user.id, role=role))
        return user


def sign_in_as(tab: Tab, user: User) -> None:
    with db.transaction() as session:
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"


async def test_the_page_shows_who_is_in_the_team(tab: Tab) -> None:
    _, team = join(tab)
    add_member(team, Role.VIEWER)
    await tab.do(TeamState.load)
    assert [(row.name, row.initials, row.role, row.is_me) for row in tab.seen("members")[-1]] == [
        ("Ada Lovelace", "AL", "owner", True),
        ("Bob", "B", "viewer", False),
    ]
    assert tab.seen("may_change")[-1] is True


async def test_an_invitation_shows_its_link_once(tab: Tab) -> None:
    join(tab)
    await tab.do(TeamState.load)
    await tab.do(TeamState.invite, form={"email": "Bob@example.com", "role": "viewer"})
    assert "/join?token=" in tab.seen("link")[-1]
    assert tab.seen("invited")[-1] == "bob@example.com"
    assert [(row.email, row.role) for row in tab.seen("invitations")[-1]] == [("bob@example.com", "viewer")]
    await tab.do(TeamState.load)
    assert tab.seen("link")[-1] == ""


@pytest.mark.parametrize(("email", "role", "field"), [("bob", "viewer", "email"), ("b@example.com", "king", "role")])
async def test_what_is_wrong_is_said_beside_its_input(tab: Tab, email: str, role: str, field: str) -> None:
    join(tab)
    await tab.do(TeamState.load)
    await tab.do(TeamState.invite, form={"email": email, "role": role})
    assert tab.seen("refused")[-1] == field
    assert tab.seen("refusal")[-1]
    assert tab.seen("link") == []


async def test_who_follows_the_link_joins(tab: Tab) -> None:
    _, team = join(tab)
    await tab.do(TeamState.load)
    await tab.do(TeamState.invite, form={"email": "bob@example.com", "role": "editor"})
    token = tab.seen("link")[-1].partition("token=")[2]

    join(tab, "Bob")
    await tab.do(JoinState.load, path=f"/join?token={token}")
    assert (tab.seen("inviter")[-1], tab.seen("role_words")[-1]) == ("Ada Lovelace", "an editor")
    await tab.do(JoinState.accept, path=f"/join?token={token}")
    await tab.do(TeamState.load, path=f"/settings/team?team={team}")
    assert [row.name for row in tab.seen("members")[-1]] == ["Ada Lovelace", "Bob"]


async def test_a_visitor_is_shown_the_offer_and_how_to_come_back(tab: Tab) -> None:
    join(tab)
    await tab.do(TeamState.load)
    await tab.do(TeamState.invite, form={"email": "bob@example.com", "role": "editor"})
    token = tab.seen("link")[-1].partition("token=")[2]
    tab.cookie = ""
    tab.deltas.clear()  # the frame of the page before said who is signed in
    await tab.do(JoinState.load, path=f"/join?token={token}")
    assert tab.seen("is_signed_in")[-1:] in ([], [False])
    assert tab.seen("here")[-1] == f"?next=%2Fjoin%3Ftoken%3D{token}"
    with pytest.raises(SignInRequired):
        await tab.do(JoinState.accept, path=f"/join?token={token}")


async def test_a_link_that_does_not_work_says_so(tab: Tab) -> None:
    join(tab)
    await tab.do(JoinState.load, path="/join?token=x!y")
    assert "Ask for another one" in tab.seen("problem")[-1]
    assert tab.seen("here")[-1] == "?next=%2Fjoin%3Ftoken%3Dxy"


async def test_roles_change_and_people_go(tab: Tab) -> None:
    _, team = join(tab)
    bob = add_member(team, Role.VIEWER)
    await tab.do(TeamState.load)
    await tab.do(TeamState.change_role, member_id=str(bob.id), role="admin")
    assert tab.seen("members")[-1][1].role == "admin"
    await tab.do(TeamState.remove, member_id=str(bob.id))
    assert len(tab.seen("members")[-1]) == 1


async def test_an_editor_sees_the_team_but_changes_nothing(tab: Tab) -> None:
    ada, team = join(tab)
    sign_in_as(tab, add_member(team, Role.EDITOR))
    await tab.do(TeamState.load, path=f"/settings/team?team={team}")
    assert tab.seen("may_change")[-1:] in ([], [False])
    with pytest.raises(NotAllowed):
        await tab.do(TeamState.invite, form={"email": "eve@example.com", "role": "viewer"})
    with pytest.raises(NotAllowed):
        await tab.do(TeamState.remove, member_id=str(ada.id))


async def test_a_member_leaves(tab: Tab) -> None:
    _, team = join(tab)
    bob = add_member(team, Role.EDITOR)
    sign_in_as(tab, bob)
    await tab.do(TeamState.load, path=f"/settings/team?team={team}")
    await tab.do(TeamState.remove, member_id=str(bob.id))
    assert [option.name for option in tab.seen("teams")[-1]] == ["Bob"]


@pytest.mark.parametrize("team", ["", "x", "2b0c08c9-4e7c-47ed-8e88-3290241a86fa"])
async def test_other_teams_are_not_there(tab: Tab, team: str) -> None:
    join(tab)
    await tab.do(TeamState.load)
    with pytest.raises(NotAllowed):
        await tab.do(TeamState.show_team, team_id=team)
