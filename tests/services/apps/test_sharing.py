from datetime import timedelta
from uuid import uuid4

import pytest
from pydantic import SecretStr
from sqlmodel import Session, select

from overskill.clients.shares import FakeSharedPreviews
from overskill.config import Settings
from overskill.errors import LimitReached, NotAllowed, NotFound, Unavailable
from overskill.models import App, AuditEvent, Membership, Role, ShareLink, User, utc_now
from overskill.services.accounts.sessions import Visitor
from overskill.services.apps import delete_app
from overskill.services.apps.sharing import (
    MOST_LINKS,
    SharedLink,
    create_link,
    find_shared,
    list_links,
    revoke_all_links,
    revoke_link,
    show_shared,
)
from tests.factories import make_app, make_user

SETTINGS = Settings.model_validate({"OVERSKILL_SECRET_KEY": "s" * 40})
HERE = Visitor(ip="203.0.113.7")


@pytest.fixture
def app(session: Session) -> App:
    return make_app(session, make_user(session), slug="habits")


def make_link(session: Session, app: App, user: User | None = None) -> SharedLink:
    user_id = user.id if user else app.creator_id
    return create_link(session, user_id, app.slug, "day", settings=SETTINGS, visitor=HERE)


def token_in(link: SharedLink) -> str:
    return link.url.rpartition("/")[2]


def join(session: Session, app: App, role: Role) -> User:
    user = make_user(session)
    session.add(Membership(team_id=app.team_id, user_id=user.id, role=role))
    session.flush()
    return user


def test_a_link_leads_to_its_app_at_an_address_of_its_own(session: Session, app: App) -> None:
    shares = FakeSharedPreviews()
    link, found = find_shared(session, token_in(make_link(session, app)))
    address = show_shared(link, found, shares=shares, settings=SETTINGS)
    [(alias, (key, until))] = shares.shared.items()
    assert (found.id, key, until) == (app.id, app.preview_key, link.expires_at)
    assert address == SETTINGS.preview_address(alias)
    assert app.preview_key not in address
    assert token_in(make_link(session, app)) not in address


def test_following_a_link_again_leads_to_the_same_address(session: Session, app: App) -> None:
    link, found = find_shared(session, token_in(make_link(session, app)))
    shares = FakeSharedPreviews()
    addresses = {show_shared(link, found, shares=shares, settings=SETTINGS) for _ in range(2)}
    assert len(addresses) == 1


def test_only_the_tokens_hash_is_kept_and_the_link_can_be_copied_again(session: Session, app: App) -> None:
    link = make_link(session, app)
    kept = session.get_one(ShareLink, link.id)
    assert token_in(link) not in kept.model_dump_json()
    assert [(one.url, one.made_by) for one in list_links(session, app.creator_id, app.slug, settings=SETTINGS)] == [
        (link.url, "Ada Lovelace")
    ]


def test_a_link_made_with_another_secret_works_and_is_listed_without_its_address(session: Session, app: App) -> None:
    link = make_link(session, app)
    others = SETTINGS.model_copy(update={"secret_key": SecretStr("t" * 40)})
    assert [one.url for one in list_links(session, app.creator_id, app.slug, settings=others)] == [""]
    assert find_shared(session, token_in(link))[1].id == app.id


def test_an_expired_link_leads_nowhere_and_is_not_listed(session: Session, app: App) -> None:
    link = make_link(session, app)
    session.get_one(ShareLink, link.id).expires_at = utc_now() - timedelta(seconds=1)
    session.flush()
    with pytest.raises(NotFound, match="ended"):
        find_shared(session, token_in(link))
    assert list_links(session, app.creator_id, app.slug, settings=SETTINGS) == []


def test_revoking_a_link_cuts_off_who_looks_at_the_app(session: Session, app: App) -> None:
    shares = FakeSharedPreviews()
    made, other = make_link(session, app), make_link(session, app)
    for link in (made, other):
        show_shared(*find_shared(session, token_in(link)), shares=shares, settings=SETTINGS)
    revoke_link(session, app.creator_id, app.slug, made.id, shares=shares, visitor=HERE)
    assert len(shares.shared) == 1
    with pytest.raises(NotFound):
        find_shared(session, token_in(made))
    find_shared(session, token_in(other))


def test_a_link_is_not_revoked_while_nobody_can_be_cut_off(session: Session, app: App) -> None:
    link = make_link(session, app)
    with pytest.raises(Unavailable):
        revoke_link(session, app.creator_id, app.slug, link.id, shares=FakeSharedPreviews(is_down=True), visitor=HERE)


def test_who_shared_and_revoked_what_is_recorded(session: Session, app: App) -> None:
    link = make_link(session, app)
    revoke_link(session, app.creator_id, app.slug, link.id, shares=FakeSharedPreviews(), visitor=HERE)
    events = session.exec(select(AuditEvent).where(AuditEvent.actor_id == app.creator_id)).all()
    told = [(event.action, event.subject, event.ip) for event in events]
    subject = f"app:{app.id} share:{link.id}"
    assert told == [("share.created", subject, HERE.ip), ("share.revoked", subject, HERE.ip)]


def test_who_may_only_look_makes_no_links(session: Session, app: App) -> None:
    with pytest.raises(NotAllowed):
        make_link(session, app, join(session, app, Role.VIEWER))


def test_an_editor_revokes_the_links_of_others(session: Session, app: App) -> None:
    link = make_link(session, app)
    editor = join(session, app, Role.EDITOR)
    revoke_link(session, editor.id, app.slug, link.id, shares=FakeSharedPreviews(), visitor=HERE)
    assert list_links(session, editor.id, app.slug, settings=SETTINGS) == []


def test_a_link_of_another_app_can_not_be_revoked(session: Session, app: App) -> None:
    link = make_link(session, make_app(session, make_user(session), slug="others"))
    for missing in (link.id, uuid4()):
        with pytest.raises(NotFound):
            revoke_link(session, app.creator_id, app.slug, missing, shares=FakeSharedPreviews(), visitor=HERE)


def test_an_app_has_a_limited_number_of_links(session: Session, app: App) -> None:
    for _ in range(MOST_LINKS):
        make_link(session, app)
    with pytest.raises(LimitReached, match="Revoke one"):
        make_link(session, app)


def test_a_deleted_app_is_not_shown_and_stays_hidden_when_it_is_brought_back(session: Session, app: App) -> None:
    link = make_link(session, app)
    delete_app(session, app)
    with pytest.raises(NotFound):
        find_shared(session, token_in(link))
    revoke_all_links(session, app, shares=FakeSharedPreviews(is_down=True))
    assert session.get_one(ShareLink, link.id).revoked_at is not None


def test_without_a_secret_there_are_no_links(session: Session, app: App) -> None:
    with pytest.raises(Unavailable, match="OVERSKILL_SECRET_KEY"):
        create_link(session, app.creator_id, app.slug, "hour", settings=Settings.model_validate({}), visitor=HERE)
