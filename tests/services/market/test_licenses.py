"""What a licence allows, from the payment on until it ends."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from overskill.clients.jobs import FakeJobQueue
from overskill.config import Settings
from overskill.errors import Conflict, LimitReached, NotFound
from overskill.models import (
    App,
    AppStatus,
    Install,
    License,
    LicenseStatus,
    Purchase,
    PurchaseStatus,
    User,
    utc_now,
)
from overskill.services.accounts.tokens import hash_token
from overskill.services.market import licenses
from overskill.services.market.installs import request_installs
from overskill.services.market.license_checks import activate, validate
from overskill.services.market.license_keys import make_key, read_key
from overskill.services.market.offers import OfferDraft, set_offers
from tests.factories import make_app, make_user
from tests.market_rows import make_install, make_license, make_listing, make_offer, make_purchase


@pytest.fixture
def settings() -> Settings:
    return Settings(OVERSKILL_SECRET_KEY="s" * 40)


@pytest.fixture
def buyer(session: Session) -> User:
    return make_user(session)


@pytest.fixture
def purchase(session: Session, buyer: User) -> Purchase:
    return make_purchase(session, buyer, make_offer(session, make_listing(session), amount=900))[0]


@pytest.fixture
def license_(session: Session, buyer: User, purchase: Purchase) -> License:
    [install] = request_installs(session, purchase, FakeJobQueue())
    return session.get_one(License, install.license_id)


def test_a_key_is_read_however_it_was_typed() -> None:
    key = make_key()
    assert read_key(f"  {key.lower().replace('-', ' ')} ") == key
    assert read_key(key.replace("-", "")) == key
    assert read_key("OVSK-OOOO-IIII-LLLL-0000") == "OVSK-0000-1111-1111-0000"


@pytest.mark.parametrize(
    "typed", ["", "OVSK", "OVSK-AAAA-BBBB-CCCC", "AAAA-BBBB-CCCC-DDDD", "OVSK-UUUU-0000-0000-0000"]
)
def test_what_can_t_be_a_key_is_none(typed: str) -> None:
    assert read_key(typed) == ""


@pytest.mark.parametrize("later", ["3", ""])
def test_a_licence_keeps_the_limit_that_it_was_sold_with(
    session: Session, settings: Settings, buyer: User, later: str
) -> None:
    listing = make_listing(session)
    [sold] = set_offers(session, listing, "usd", [OfferDraft("copy", "one_time", "9", places="1")])
    purchase, _ = make_purchase(session, buyer, sold)
    [now] = set_offers(session, listing, "usd", [OfferDraft("copy", "one_time", "9", places=later)])
    assert (now.id == sold.id, now.most_activations) == (False, int(later) if later else None)
    [install] = request_installs(session, purchase, FakeJobQueue())  # paid after the seller had changed it
    license_ = session.get_one(License, install.license_id)
    assert license_.most_activations == 1

    key = licenses.show_key(session, buyer.id, license_.id, settings=settings)
    assert validate(session, key).reason == "not_activated"
    made = activate(session, key, label="Office", conditions={}, meta={})
    with pytest.raises(LimitReached, match="1 is the most"):
        activate(session, key, label="Home", conditions={}, meta={})
    assert validate(session, key, activation_id=made.id).reason == ""


def test_a_licence_that_was_sold_without_a_limit_has_none(session: Session, license_: License) -> None:
    assert license_.most_activations is None


def test_a_key_as_long_as_a_book_is_none() -> None:
    assert read_key("OVSK" + "-" * 100_000 + make_key()[4:]) == ""


def test_installs_are_asked_for_once_however_often_a_payment_is_told(
    session: Session, buyer: User, purchase: Purchase
) -> None:
    first = request_installs(session, purchase, FakeJobQueue())
    again = request_installs(session, purchase, FakeJobQueue())
    assert [row.id for row in first] == [row.id for row in again]
    assert len(session.exec(select(Install)).all()) == len(session.exec(select(License)).all()) == 1
    assert first[0].user_id == buyer.id


def test_nothing_is_installed_for_a_guest_whose_account_is_not_known(session: Session, purchase: Purchase) -> None:
    purchase.buyer_id = None
    with pytest.raises(Conflict, match="receipt"):
        request_installs(session, purchase, FakeJobQueue())


def test_a_key_is_kept_as_a_hash_and_sealed_and_shown_to_its_holder(
    session: Session, settings: Settings, buyer: User, license_: License
) -> None:
    key = licenses.show_key(session, buyer.id, license_.id, settings=settings)
    assert licenses.show_key(session, buyer.id, license_.id, settings=settings) == key
    assert license_.key_hash == hash_token(key)
    assert license_.key_ending == key[-4:]
    assert key not in license_.sealed_key


def test_nobody_else_sees_or_replaces_a_key(session: Session, settings: Settings, license_: License) -> None:
    stranger = make_user(session)
    with pytest.raises(NotFound):
        licenses.show_key(session, stranger.id, license_.id, settings=settings)
    with pytest.raises(NotFound):
        licenses.rotate_key(session, stranger.id, license_.id, settings=settings)


def test_a_replaced_key_is_another(session: Session, settings: Settings, buyer: User, license_: License) -> None:
    before = licenses.show_key(session, buyer.id, license_.id, settings=settings)
    after = licenses.rotate_key(session, buyer.id, license_.id, settings=settings)
    assert after != before
    assert license_.key_hash == hash_token(after)


def test_a_refund_takes_the_licence_and_its_copy_back(session: Session, buyer: User) -> None:
    purchase, item = make_purchase(session, buyer, make_offer(session, make_listing(session), amount=900))
    license_ = make_license(session, buyer, item)
    copy = make_app(session, buyer, versions=1)
    make_install(session, buyer, license_, copy)
    licenses.revoke(session, purchase, "Refunded")
    session.refresh(copy)
    assert (license_.status, license_.revoked_reason) == (LicenseStatus.REVOKED, "Refunded")
    assert license_.needs_telling
    assert copy.status is AppStatus.ARCHIVED

    licenses.restore(session, purchase)
    assert session.get_one(App, copy.id, populate_existing=True).status is AppStatus.ACTIVE
    assert license_.status is LicenseStatus.ACTIVE


def test_another_buyer_s_licence_is_not_taken_back(session: Session, license_: License) -> None:
    other, _ = make_purchase(session, make_user(session), make_offer(session, make_listing(session), amount=1))
    licenses.revoke(session, other, "Refunded")
    session.refresh(license_)
    assert license_.status is LicenseStatus.ACTIVE


def test_word_of_an_earlier_payment_shortens_nothing(session: Session, license_: License) -> None:
    now = utc_now()
    licenses.extend(session, license_, now + timedelta(days=60))
    licenses.extend(session, license_, now + timedelta(days=30))
    assert license_.expires_at == now + timedelta(days=60)


def test_a_late_payment_has_a_grace_period(session: Session, license_: License) -> None:
    now = utc_now()
    licenses.extend(session, license_, now - timedelta(days=1))
    assert licenses.expire_licenses(session, now) == [license_]
    assert licenses.expire_licenses(session, now) == []
    assert license_.status is LicenseStatus.GRACE
    assert licenses.is_valid(license_, now)

    over = now + licenses.GRACE
    assert licenses.expire_licenses(session, over) == [license_]
    assert not licenses.is_valid(license_, over)


def test_a_licence_that_is_paid_again_is_active_again(session: Session, license_: License) -> None:
    licenses.end(session, license_)
    assert license_.status is LicenseStatus.EXPIRED
    licenses.extend(session, license_, utc_now() + timedelta(days=30))
    assert license_.status is LicenseStatus.ACTIVE
    assert license_.revoked_at is None


def test_no_payment_gives_a_refunded_licence_back(session: Session, purchase: Purchase, license_: License) -> None:
    purchase.status = PurchaseStatus.REFUNDED
    licenses.revoke(session, purchase, "Refunded")
    licenses.extend(session, license_, utc_now() + timedelta(days=30))
    assert license_.status is LicenseStatus.REVOKED
