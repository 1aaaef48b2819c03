from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from overskill import db
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.mail import FakeMail
from overskill.container import Container
from overskill.errors import Conflict, InvalidInput, LimitReached, NotAllowed, NotFound
from overskill.models import Invitation, Membership, Role, User
from overskill.models.base import utc_now
from overskill.services.accounts import invitations
from overskill.services.accounts.invitations import accept, invite, list_invitations, read_offer, take_back
from overskill.services.accounts.members import change_role, list_members, remove_member
from overskill.services.apps import own_team
from tests.factories import make_user


@pytest.fixture
def ada(session: Session) -> User:
    return make_user(session, name="Ada", email="ada@example.com")


@pytest.fixture
def bob(session: Session) -> User:
    return make_user(session, name="Bob", email="bob@example.com")


@pytest.fixture
def team(session: Session, ada: User) -> UUID:
    return own_team(session, ada.id)


def asked(session: Session, user: User, team: UUID, email: str = "bob@example.com", role: str = "editor") -> str:
    return invite(session, user.id, team, email=email, role=role, queue=FakeJobQueue())


def members(session: Session, user: User, team: UUID) -> list[tuple[str, Role, bool]]:
    return [(member.name, member.role, member.is_me) for member in list_members(session, user.id, team)]


def test_who_follows_the_link_is_in_the_team(session: Session, ada: User, bob: User, team: UUID) -> None:
    token = asked(session, ada, team)
    offer = read_offer(session, token)
    assert (offer.team, offer.inviter, offer.role_words) == ("Ada", "Ada", "an editor")
    accept(session, bob.id, token)
    assert members(session, bob, team) == [("Ada", Role.OWNER, False), ("Bob", Role.EDITOR, True)]
    assert list_invitations(session, ada.id, team) == []


def test_a_link_works_once(session: Session, ada: User, bob: User, team: UUID) -> None:
    token = asked(session, ada, team)
    accept(session, bob.id, token)
    with pytest.raises(NotAllowed, match="used already"):
        accept(session, make_user(session).id, token)


@pytest.mark.parametrize("what", ["too old", "taken back", "replaced", "made up"])
def test_a_link_that_does_not_work_says_so(session: Session, ada: User, bob: User, team: UUID, what: str) -> None:
    token = asked(session, ada, team)
    row = session.exec(select(Invitation)).one()
    match what:
        case "too old":
            row.expires_at = utc_now() - timedelta(seconds=1)
        case "taken back":
            take_back(session, ada.id, team, row.id)
        case "replaced":
            asked(session, ada, team)
        case "made up":
            token = "x"
    session.flush()
    for use in (lambda: read_offer(session, token), lambda: accept(session, bob.id, token)):
        with pytest.raises(NotAllowed, match="Ask for another one"):
            use()


def test_who_is_in_the_team_needs_no_link(session: Session, ada: User, bob: User, team: UUID) -> None:
    token = asked(session, ada, team, email="robert@example.com")
    accept(session, bob.id, token)
    with pytest.raises(Conflict, match="in the team already"):
        asked(session, ada, team)
    with pytest.raises(Conflict, match="You are in this team already"):
        accept(session, bob.id, asked(session, ada, team, email="b@example.com"))


@pytest.mark.parametrize("role", [Role.EDITOR, Role.VIEWER])
def test_editors_and_viewers_invite_nobody(session: Session, bob: User, team: UUID, role: Role) -> None:
    session.add(Membership(team_id=team, user_id=bob.id, role=role))
    session.flush()
    for attempt in (
        lambda: asked(session, bob, team, email="eve@example.com"),
        lambda: list_invitations(session, bob.id, team),
        lambda: change_role(session, bob.id, team, bob.id, "admin"),
    ):
        with pytest.raises(NotAllowed, match="owner and its admins"):
            attempt()


def test_another_team_is_not_there(session: Session, bob: User, team: UUID) -> None:
    for attempt in (
        lambda: asked(session, bob, team),
        lambda: list_members(session, bob.id, team),
        lambda: remove_member(session, bob.id, team, bob.id),
        lambda: take_back(session, bob.id, team, uuid4()),
    ):
        with pytest.raises(NotFound, match="no such team"):
            attempt()


@pytest.mark.parametrize("role", ["owner", "", "king"])
def test_roles_that_can_not_be_given_are_refused(session: Session, ada: User, team: UUID, role: str) -> None:
    with pytest.raises(InvalidInput, match="admin, an editor or a viewer"):
        asked(session, ada, team, role=role)


def test_an_address_that_is_none_is_refused(session: Session, ada: User, team: UUID) -> None:
    with pytest.raises(InvalidInput, match="email"):
        asked(session, ada, team, email="bob")


def test_a_team_has_so_many_open_invitations(
    session: Session, ada: User, team: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "MOST_OPEN", 1)
    asked(session, ada, team)
    asked(session, ada, team)  # the same address: it replaces the first
    with pytest.raises(LimitReached, match="Take back some"):
        asked(session, ada, team, email="eve@example.com")


def test_a_role_changes_and_a_member_goes(session: Session, ada: User, bob: User, team: UUID) -> None:
    accept(session, bob.id, asked(session, ada, team))
    change_role(session, ada.id, team, bob.id, "viewer")
    assert members(session, ada, team)[1] == ("Bob", Role.VIEWER, False)
    remove_member(session, ada.id, team, bob.id)
    assert [name for name, *_ in members(session, ada, team)] == ["Ada"]


def test_a_member_may_leave_but_not_remove_others(session: Session, ada: User, bob: User, team: UUID) -> None:
    accept(session, bob.id, asked(session, ada, team))
    with pytest.raises(NotAllowed):
        remove_member(session, bob.id, team, ada.id)
    remove_member(session, bob.id, team, bob.id)
    assert len(members(session, ada, team)) == 1


def test_the_owner_stays(session: Session, ada: User, team: UUID) -> None:
    with pytest.raises(NotAllowed, match="owner"):
        remove_member(session, ada.id, team, ada.id)
    with pytest.raises(NotAllowed, match="owner"):
        change_role(session, ada.id, team, ada.id, "viewer")


def test_the_link_comes_by_mail(services: Container, work: Callable[[], int]) -> None:
    with db.transaction() as session:
        ada = make_user(session, name="Ada")
        token = invite(
            session,
            ada.id,
            own_team(session, ada.id),
            email="Bob@Example.com",
            role="viewer",
            queue=services.queue,
        )
    assert work() == 1
    assert isinstance(services.mail, FakeMail)
    [message] = services.mail.messages
    assert message.to == "bob@example.com"
    assert message.link.endswith(f"/join?token={token}")
    assert "as a viewer" in message.text


def test_an_invitation_that_was_taken_back_is_not_mailed(services: Container, work: Callable[[], int]) -> None:
    with db.transaction() as session:
        ada = make_user(session)
        team = own_team(session, ada.id)
        invite(session, ada.id, team, email="bob@example.com", role="viewer", queue=services.queue)
        [opened] = list_invitations(session, ada.id, team)
        take_back(session, ada.id, team, opened.id)
    work()
    assert services.mail.messages == []  # type: ignore[attr-defined]
