"""The library in a tab: what is one's own, and nobody else's."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from overskill import db
from overskill.config import Settings
from overskill.container import Container
from overskill.errors import Conflict, NotAllowed, NotFound, SignInRequired
from overskill.models import (
    App,
    AppStatus,
    Install,
    InstallStatus,
    License,
    LicenseKind,
    Purchase,
    PurchaseStatus,
    Refund,
    User,
    utc_now,
)
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.apps import own_team
from overskill.services.market.installs import request_installs
from overskill.services.market.licenses import revoke
from overskill.state.library import LibraryState, TakeOverState
from overskill.state.library_rows import KINDS
from tests.conftest import Tab
from tests.factories import make_user
from tests.market_rows import make_listing, make_offer, make_purchase
from tests.support_queries import MOST_OF_A_PAGE, counted_queries

Work = Callable[[], int]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(OVERSKILL_HOME=tmp_path / "home", OVERSKILL_SECRET_KEY="s" * 40)


def sign_in_as(tab: Tab, user: User) -> None:
    with db.transaction() as session:
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"


def buy(services: Container, session: Session, buyer: User, *, amount: int = 900) -> Purchase:
    listing = make_listing(session)
    purchase, _ = make_purchase(session, buyer, make_offer(session, listing, amount=amount))
    purchase.refund_until = utc_now() + timedelta(days=14)
    session.add(purchase)
    request_installs(session, purchase, services.queue)
    return purchase


@pytest.fixture
def buyer(services: Container, tab: Tab) -> User:
    """Signed in, with one app that is about to be installed."""
    with db.transaction() as session:
        user = make_user(session, name="Bob Buyer")
        buy(services, session, user)
    sign_in_as(tab, user)
    return user


def rows(tab: Tab) -> list[Any]:
    found: list[Any] = tab.seen("rows")[-1]
    return found


async def test_what_was_bought_is_shown_and_nobody_else_s(
    services: Container, tab: Tab, work: Work, buyer: User
) -> None:
    with db.transaction() as session:
        buy(services, session, make_user(session))
    work()
    await tab.do(LibraryState.load)
    [row] = rows(tab)
    assert (row.title, row.badge, row.kind) == ("Habits", "Live", "Your own copy")
    assert row.open_at.startswith("http")
    assert row.studio.startswith("/studio/")


async def test_the_page_asks_the_database_a_few_times_however_much_was_bought(
    services: Container, tab: Tab, work: Work, buyer: User
) -> None:
    with db.transaction() as session:
        for _ in range(5):
            buy(services, session, session.get_one(User, buyer.id))
    work()
    with counted_queries() as sent:
        await tab.do(LibraryState.load)
    assert len(rows(tab)) == 6
    assert sent.count <= MOST_OF_A_PAGE, sent


async def test_a_stranger_is_sent_to_sign_in(tab: Tab) -> None:
    with pytest.raises(SignInRequired):
        await tab.do(LibraryState.load)


async def test_an_install_is_seen_until_it_is_live(services: Container, tab: Tab, work: Work, buyer: User) -> None:
    future = await tab.fire(LibraryState.load)
    await future
    assert (rows(tab)[0].badge, rows(tab)[0].is_working) == ("Installing", True)
    work()
    await future.wait_all()
    assert rows(tab)[0].badge == "Live"


async def test_a_licence_shows_its_key_and_another_when_that_is_replaced(tab: Tab, work: Work, buyer: User) -> None:
    work()
    await tab.do(LibraryState.load)
    await tab.do(LibraryState.choose, question="license", item_id=rows(tab)[0].id)
    first = tab.seen("key")[-1]
    assert first.startswith("OVSK-")
    await tab.do(LibraryState.replace_key)
    assert tab.seen("key")[-1] not in ("", first)
    await tab.do(LibraryState.close, is_open=False)
    assert tab.seen("key")[-1] == ""


async def test_somebody_else_s_item_is_not_there(services: Container, tab: Tab, work: Work, buyer: User) -> None:
    with db.transaction() as session:
        theirs = buy(services, session, make_user(session))
    work()
    await tab.do(LibraryState.load)
    with db.transaction() as session:
        [install] = request_installs(session, session.get_one(Purchase, theirs.id), services.queue)
    with pytest.raises(NotFound):
        await tab.do(LibraryState.choose, question="license", item_id=str(install.item_id))
    for key in (str(install.id), "no id"):
        with pytest.raises(NotFound):
            await tab.do(LibraryState.install_again, install_id=key)
    with pytest.raises(NotFound):
        await tab.do(LibraryState.take_back, license_id=str(install.license_id))


async def test_what_was_handed_on_in_another_tab_can_t_be_used_from_a_dialog_that_is_still_open(
    tab: Tab, work: Work, buyer: User
) -> None:
    work()
    await tab.do(LibraryState.load)
    await tab.do(LibraryState.choose, question="license", item_id=rows(tab)[0].id)
    with db.transaction() as session:
        other = make_user(session)
        license_ = session.get_one(License, install_of(session, buyer).license_id)
        install_of(session, buyer).user_id = license_.holder_id = other.id
    for handler in (LibraryState.replace_key, LibraryState.uninstall):
        with pytest.raises(NotFound):
            await tab.do(handler)
    with pytest.raises(NotFound):
        await tab.do(LibraryState.ask_refund, form={"reason": "mine"})
    await tab.do(LibraryState.hand_on, form={"email": "eve@example.com"})
    assert tab.seen("link")[-1:] in ([], [""])
    with db.transaction() as session:
        assert session.get_one(License, license_.id).holder_id == other.id
        assert install_of(session, other).status is InstallStatus.LIVE
        assert session.exec(select(Refund)).all() == []


async def test_money_goes_back_at_once_within_the_window(tab: Tab, work: Work, buyer: User) -> None:
    work()
    await tab.do(LibraryState.load)
    assert rows(tab)[0].refunds == "now"
    await tab.do(LibraryState.choose, question="refund", item_id=rows(tab)[0].id)
    await tab.do(LibraryState.ask_refund, form={"reason": ""})
    assert rows(tab)[0].refund == "The money is on its way back to you."
    assert rows(tab)[0].refunds == ""


async def test_after_the_window_one_says_why(tab: Tab, work: Work, buyer: User) -> None:
    work()
    with db.transaction() as session:
        session.exec(select(Purchase)).one().refund_until = utc_now() - timedelta(days=1)
    await tab.do(LibraryState.load)
    await tab.do(LibraryState.choose, question="refund", item_id=rows(tab)[0].id)
    await tab.do(LibraryState.ask_refund, form={"reason": " "})
    assert "Say why" in tab.seen("refusal")[-1]
    await tab.do(LibraryState.ask_refund, form={"reason": "It is not what I looked for."})
    assert rows(tab)[0].refund.startswith("You asked for the money back")


async def test_an_uninstalled_app_goes_off_the_air_and_comes_back_as_it_was(
    services: Container, tab: Tab, work: Work, buyer: User
) -> None:
    work()
    await tab.do(LibraryState.load)
    await tab.do(LibraryState.choose, question="uninstall", item_id=rows(tab)[0].id)
    await tab.do(LibraryState.uninstall)
    [row] = rows(tab)
    assert (row.badge, row.open_at, row.may_install) == ("Uninstalled", "", True)
    with db.transaction() as session:
        app = session.get_one(App, install_of(session, buyer).app_id)
    assert app.status is AppStatus.ARCHIVED
    assert services.edge.live("production", app.slug) is None

    future = await tab.fire(LibraryState.install_again, install_id=row.install_id)
    await future
    work()
    await future.wait_all()
    assert rows(tab)[0].badge == "Live"
    with db.transaction() as session:
        assert install_of(session, buyer).app_id == app.id
    assert services.edge.live("production", app.slug)


async def test_a_copy_whose_licence_was_taken_back_is_not_installed_again(
    services: Container, tab: Tab, work: Work, buyer: User
) -> None:
    work()
    with db.transaction() as session:
        revoke(session, session.exec(select(Purchase)).one(), "Refunded")
        key = str(install_of(session, buyer).id)
    await tab.do(LibraryState.load)
    assert (rows(tab)[0].badge, rows(tab)[0].open_at, rows(tab)[0].may_install) == ("Taken back", "", False)
    with pytest.raises(Conflict, match="ended"):
        await tab.do(LibraryState.install_again, install_id=key)


async def test_a_library_can_be_searched(tab: Tab, work: Work, buyer: User) -> None:
    work()
    await tab.do(LibraryState.load)
    await tab.do(LibraryState.search, words="nothing like it")
    assert tab.seen("shown")[-1] == []
    await tab.do(LibraryState.search, words="hab")
    assert len(tab.seen("shown")[-1]) == 1
    await tab.do(LibraryState.show_group, group="use")
    assert tab.seen("shown")[-1] == []


async def hand_on(tab: Tab) -> str:
    await tab.do(LibraryState.load)
    await tab.do(LibraryState.choose, question="transfer", item_id=rows(tab)[0].id)
    await tab.do(LibraryState.hand_on, form={"email": "Eve@example.com"})
    link: str = tab.seen("link")[-1]
    return link.partition("token=")[2]


async def test_somebody_who_follows_the_link_has_the_licence_and_the_copy(
    services: Container, tab: Tab, work: Work, buyer: User
) -> None:
    work()
    token = await hand_on(tab)
    assert rows(tab)[0].offered_to == "eve@example.com"
    with db.transaction() as session:
        eve = make_user(session, name="Eve")
    sign_in_as(tab, eve)
    address = {"path": f"/library/accept?token={token}", "params": {"token": token}}
    await tab.do(TakeOverState.load, **address)
    assert (tab.seen("giver")[-1], tab.seen("title")[-1]) == ("Bob Buyer", "Habits")
    await tab.do(TakeOverState.accept, **address)
    with db.transaction() as session:
        install = install_of(session, eve)
        copy = session.get_one(App, install.app_id)
        assert copy.team_id == own_team(session, eve.id)
        assert session.get_one(License, install.license_id).holder_id == eve.id
    await tab.do(LibraryState.load)
    assert rows(tab)[0].badge == "Live"
    sign_in_as(tab, buyer)
    await tab.do(LibraryState.load)
    assert (rows(tab)[0].badge, rows(tab)[0].open_at, rows(tab)[0].has_receipt) == ("Handed on", "", True)
    assert rows(tab)[0].refunds == ""

    await tab.do(TakeOverState.load, **address)  # it works once
    assert "used already" in tab.seen("problem")[-1]


async def test_a_link_that_was_taken_back_gives_nothing(tab: Tab, work: Work, buyer: User) -> None:
    work()
    token = await hand_on(tab)
    await tab.do(LibraryState.take_back, license_id=rows(tab)[0].license_id)
    assert rows(tab)[0].offered_to == ""
    await tab.do(TakeOverState.load, path="/library/accept", params={"token": token})
    assert tab.seen("problem")[-1]


@pytest.mark.parametrize("token", ["", "x", "../../etc", "é" * 500, "'; drop table"])
async def test_a_made_up_link_gives_nothing(tab: Tab, buyer: User, token: str) -> None:
    await tab.do(TakeOverState.load, path="/library/accept", params={"token": token})
    assert tab.seen("problem")[-1]
    with pytest.raises(NotAllowed):
        await tab.do(TakeOverState.accept, path="/library/accept", params={"token": token})


def install_of(session: Session, user: User) -> Install:
    return session.exec(select(Install).where(Install.user_id == user.id)).one()


@pytest.mark.parametrize(
    ("status", "words"),
    [(PurchaseStatus.DISPUTED, "Until it has decided"), (PurchaseStatus.LOST, "Your bank took the payment back")],
)
async def test_what_the_bank_does_to_a_payment_is_said(
    tab: Tab, work: Work, buyer: User, status: PurchaseStatus, words: str
) -> None:
    work()
    with db.transaction() as session:
        session.exec(select(Purchase)).one().status = status
    await tab.do(LibraryState.load)
    assert words in rows(tab)[0].refund


def test_every_kind_of_licence_has_words() -> None:
    assert KINDS.keys() == set(LicenseKind)
