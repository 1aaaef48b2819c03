"""Handing a licence on: what moves, what ends, and what can't be handed on."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from overskill.clients.jobs import FakeJobQueue
from overskill.clients.shares import FakeSharedPreviews
from overskill.config import Settings
from overskill.container import Container
from overskill.errors import Conflict, InvalidInput, NotAllowed, NotFound
from overskill.models import (
    App,
    DeploymentEnvironment,
    Domain,
    EnvVar,
    Install,
    InstallStatus,
    License,
    LicenseKind,
    Repository,
    User,
    utc_now,
)
from overskill.services.apps import own_team
from overskill.services.market import licenses
from overskill.services.market.entitlements import license_terms, pass_id
from overskill.services.market.license_transfers import accept_transfer, offer_transfer
from overskill.services.progress import ProgressLog
from tests.factories import make_app, make_user
from tests.market_rows import make_install, make_license, make_listing, make_offer, make_purchase


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(OVERSKILL_HOME=tmp_path / "home", OVERSKILL_SECRET_KEY="s" * 40)


@pytest.fixture
def giver(session: Session) -> User:
    return make_user(session)


@pytest.fixture
def taker(session: Session) -> User:
    return make_user(session)


@pytest.fixture
def copy(session: Session, giver: User) -> App:
    return make_app(session, giver, versions=1)


@pytest.fixture
def license_(session: Session, giver: User, copy: App) -> License:
    offer = make_offer(session, make_listing(session), amount=900)
    license_ = make_license(session, giver, make_purchase(session, giver, offer)[1])
    make_install(session, giver, license_, copy)
    return license_


def hand_on(session: Session, license_: License, giver: User) -> str:
    return offer_transfer(session, giver.id, license_.id, "bob@example.com", queue=FakeJobQueue())


def accept(session: Session, user: User, token: str, services: Container) -> None:
    log: ProgressLog = services.progress
    accept_transfer(session, user.id, token, queue=FakeJobQueue(), log=log, shares=FakeSharedPreviews())


def test_the_copy_moves_and_the_giver_s_values_do_not(
    session: Session, services: Container, giver: User, taker: User, copy: App, license_: License
) -> None:
    session.add(
        EnvVar(app_id=copy.id, environment=DeploymentEnvironment.PRODUCTION, name="KEY", sealed_value="the giver's")
    )
    accept(session, taker, hand_on(session, license_, giver), services)
    assert (copy.team_id, copy.creator_id) == (own_team(session, taker.id), taker.id)
    assert session.exec(select(EnvVar).where(EnvVar.app_id == copy.id)).all() == []
    assert session.exec(select(Install)).one().user_id == license_.holder_id == taker.id


def test_the_giver_s_key_works_no_more(
    session: Session, services: Container, settings: Settings, giver: User, taker: User, license_: License
) -> None:
    known = licenses.show_key(session, giver.id, license_.id, settings=settings)
    accept(session, taker, hand_on(session, license_, giver), services)
    with pytest.raises(NotFound):
        licenses.show_key(session, giver.id, license_.id, settings=settings)
    assert licenses.show_key(session, taker.id, license_.id, settings=settings) != known


def test_the_giver_s_pass_to_a_hosted_app_is_taken_back(
    session: Session, services: Container, settings: Settings, giver: User, taker: User
) -> None:
    listing = make_listing(session)
    offer = make_offer(session, listing, license=LicenseKind.USE, amount=900)
    license_ = make_license(session, giver, make_purchase(session, giver, offer)[1])
    make_install(session, giver, license_)
    accept(session, taker, hand_on(session, license_, giver), services)
    app = session.get_one(App, listing.app_id)
    terms = license_terms(session, app, settings=settings)
    assert terms.revoked == (pass_id(license_.id, giver.id),)
    assert license_.needs_telling


def test_a_link_works_once_and_for_somebody_else(
    session: Session, services: Container, giver: User, taker: User, license_: License
) -> None:
    token = hand_on(session, license_, giver)
    with pytest.raises(Conflict, match="yours already"):
        accept(session, giver, token, services)
    accept(session, taker, token, services)
    with pytest.raises(NotAllowed):
        accept(session, make_user(session), token, services)


def test_a_later_link_ends_the_one_before(
    session: Session, services: Container, giver: User, taker: User, license_: License
) -> None:
    first, second = hand_on(session, license_, giver), hand_on(session, license_, giver)
    with pytest.raises(NotAllowed):
        accept(session, taker, first, services)
    accept(session, taker, second, services)


def test_a_licence_that_was_refunded_meanwhile_is_not_taken_over(
    session: Session, services: Container, giver: User, taker: User, license_: License
) -> None:
    token = hand_on(session, license_, giver)
    licenses.revoke(session, license_, "Refunded")
    with pytest.raises(Conflict, match="ended"):
        accept(session, taker, token, services)


def test_nobody_hands_on_what_is_not_theirs(session: Session, taker: User, license_: License) -> None:
    with pytest.raises(NotFound):
        hand_on(session, license_, taker)


def test_an_address_that_is_none_is_refused(session: Session, giver: User, license_: License) -> None:
    with pytest.raises(InvalidInput):
        offer_transfer(session, giver.id, license_.id, "bob", queue=FakeJobQueue())


@pytest.mark.parametrize("what", ["subscription", "installing", "domain", "repository", "sold"])
def test_what_is_tied_to_its_holder_is_not_handed_on(
    session: Session, giver: User, copy: App, license_: License, what: str
) -> None:
    match what:
        case "subscription":
            licenses.extend(session, license_, utc_now() + timedelta(days=30))
        case "installing":
            session.exec(select(Install)).one().status = InstallStatus.COPYING
        case "domain":
            session.add(Domain(app_id=copy.id, user_id=giver.id, host="a.example.com", token="t"))
        case "repository":
            session.add(Repository(app_id=copy.id, user_id=giver.id, installation_id=1, external_id=1, full_name="a/b"))
        case "sold":
            make_listing(session, app=copy)
    session.flush()
    with pytest.raises(Conflict):
        hand_on(session, license_, giver)
