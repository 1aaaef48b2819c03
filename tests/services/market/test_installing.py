"""Buying installs the buyer's own copy: once, however often its job runs, and never halfway."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import select

from overskill.clients.edge import FakeEdge
from overskill.clients.edge_health import FakeHealth
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.mail import FakeMail
from overskill.config import Settings
from overskill.container import Container
from overskill.db import transaction
from overskill.models import (
    App,
    AppVersion,
    Deployment,
    DeploymentEnvironment,
    EnvVar,
    Install,
    InstallStatus,
    License,
    LicenseKind,
    LicenseStatus,
    Listing,
    ListingStatus,
    Refund,
    User,
    utc_now,
)
from overskill.services.apps import version_files, write_files
from overskill.services.deployments.live import mark_live
from overskill.services.market import install_claim
from overskill.services.market.copies import missing_variables
from overskill.services.market.install_claim import MOST_ATTEMPTS, claim_install
from overskill.services.market.install_sweep import sweep_installs
from overskill.services.market.installing import Installer, run_install
from overskill.services.market.installs import request_installs
from overskill.services.market.licenses import restore, revoke
from tests.factories import make_app, make_user
from tests.market_rows import make_creator, make_listing, make_offer, make_purchase

Work = Callable[[], int]
PRODUCTION = DeploymentEnvironment.PRODUCTION


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(OVERSKILL_HOME=tmp_path / "home", OVERSKILL_SECRET_KEY="s" * 40)


@pytest.fixture
def seller(database: str) -> User:
    with transaction() as session:
        return make_user(session, name="Grace Hopper")


@pytest.fixture
def app(seller: User) -> App:
    """Version 2 is sold; the seller has gone on since."""
    with transaction() as session:
        app = make_app(session, seller, versions=2)
        session.add(EnvVar(app_id=app.id, environment=PRODUCTION, name="MAP_KEY", sealed_value="the seller's"))
        return app


@pytest.fixture
def listing(seller: User, app: App) -> Listing:
    with transaction() as session:
        listing = make_listing(session, make_creator(session, seller), app=session.get_one(App, app.id))
        write_files(session, app.id, {"src/App.tsx": "export const version = 3;\n"})
        return listing


@pytest.fixture
def buyer(database: str) -> User:
    with transaction() as session:
        return make_user(session)


def buy(
    services: Container, buyer: User, listing: Listing, kind: LicenseKind = LicenseKind.COPY, amount: int = 900
) -> UUID:
    with transaction() as session:
        offer = make_offer(session, listing, license=kind, amount=amount)
        purchase, _ = make_purchase(session, buyer, offer)
        [install] = request_installs(session, purchase, services.queue)
        return install.id


def installed(install_id: UUID) -> Install:
    with transaction() as session:
        return session.get_one(Install, install_id)


def enqueued(services: Container) -> list[tuple[str, tuple[str, ...], str]]:
    assert isinstance(services.queue, FakeJobQueue)
    return services.queue.enqueued


def put_on_air(app: App) -> None:
    with transaction() as session:
        row = Deployment(app_id=app.id, user_id=app.creator_id, version=2)
        session.add(row)
        session.flush()
        mark_live(session, row)


def let_time_pass(install_id: UUID) -> None:
    with transaction() as session:
        row = session.get_one(Install, install_id)
        row.last_progress_at = utc_now() - timedelta(minutes=5)
        session.add(row)


def test_paying_makes_a_copy_of_exactly_the_release_live_at_its_own_address(
    services: Container, work: Work, buyer: User, listing: Listing, app: App
) -> None:
    install_id = buy(services, buyer, listing)
    work()
    install = installed(install_id)
    assert (install.status, install.base_version, install.error) == (InstallStatus.LIVE, 1, "")
    with transaction() as session:
        copy = session.get_one(App, install.app_id)
        assert version_files(session, copy.id, 1) == version_files(session, app.id, 2)
        assert (copy.origin_id, copy.origin_version, copy.creator_id) == (app.id, 2, buyer.id)
    assert copy.team_id != app.team_id
    assert not copy.in_gallery
    assert copy.prompt != app.prompt
    assert copy.slug in install.url
    assert isinstance(services.edge, FakeEdge)
    shown = services.edge.served("production", copy.slug)
    assert shown is not None
    assert shown.app_id == str(copy.id)


def test_the_buyer_is_told_by_mail(services: Container, work: Work, buyer: User, listing: Listing) -> None:
    buy(services, buyer, listing)
    work()
    assert isinstance(services.mail, FakeMail)
    [message] = services.mail.messages
    assert (message.to, message.subject) == (buyer.email, "Habits is ready")


def test_the_seller_s_values_stay_with_the_seller_and_their_names_are_told(
    services: Container, work: Work, buyer: User, listing: Listing
) -> None:
    install_id = buy(services, buyer, listing)
    work()
    with transaction() as session:
        copy = session.get_one(App, installed(install_id).app_id)
        assert session.exec(select(EnvVar).where(EnvVar.app_id == copy.id)).all() == []
        assert missing_variables(session, copy) == ["MAP_KEY"]


def test_the_findings_of_the_release_are_known_of_the_copy(
    services: Container, work: Work, buyer: User, listing: Listing, app: App
) -> None:
    with transaction() as session:
        [sold] = session.exec(select(AppVersion).where(AppVersion.app_id == app.id, AppVersion.number == 2))
        sold.findings = []
    install_id = buy(services, buyer, listing)
    work()
    with transaction() as session:
        [first] = session.exec(select(AppVersion).where(AppVersion.app_id == installed(install_id).app_id))
    assert first.findings == []


def test_a_job_that_runs_twice_installs_once(services: Container, work: Work, buyer: User, listing: Listing) -> None:
    install_id = buy(services, buyer, listing)
    work()
    before = installed(install_id)
    run_install(install_id, Installer(services.publisher, services.queue))
    assert installed(install_id) == before
    with transaction() as session:
        assert len(session.exec(select(App).where(App.creator_id == buyer.id)).all()) == 1


def test_two_workers_do_not_install_the_same(services: Container, buyer: User, listing: Listing) -> None:
    install_id = buy(services, buyer, listing)
    with transaction() as session:
        assert claim_install(session, install_id) is not None
    with transaction() as session:
        assert claim_install(session, install_id) is None


def test_a_worker_that_died_in_the_middle_leaves_no_second_copy(
    services: Container, work: Work, buyer: User, listing: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_id = buy(services, buyer, listing)

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("overskill.services.market.installing.run_deployment", die)
        with pytest.raises(Killed):
            work()
    died = installed(install_id)
    assert died.status is InstallStatus.PUBLISHING

    let_time_pass(install_id)
    with transaction() as session:
        assert sweep_installs(session, services.queue, services.progress) == 1
    work()
    after = installed(install_id)
    assert (after.status, after.app_id, after.deployment_id) == (InstallStatus.LIVE, died.app_id, died.deployment_id)


def test_what_takes_its_worker_along_each_time_fails_and_is_paid_back(
    services: Container, buyer: User, listing: Listing
) -> None:
    install_id = buy(services, buyer, listing)
    for _ in range(MOST_ATTEMPTS):
        with transaction() as session:
            assert claim_install(session, install_id) is not None
        let_time_pass(install_id)
        with transaction() as session:
            sweep_installs(session, services.queue, services.progress)
    ended = installed(install_id)
    assert (ended.status, ended.attempt) == (InstallStatus.FAILED, MOST_ATTEMPTS)
    with transaction() as session:
        assert session.exec(select(Refund.amount)).all() == [900]


def test_an_overtaken_attempt_writes_nothing(
    services: Container, work: Work, buyer: User, listing: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_id = buy(services, buyer, listing)

    def overtake(_: UUID, __: object) -> None:
        with transaction() as session:
            session.get_one(Install, install_id).attempt += 1

    monkeypatch.setattr("overskill.services.market.installing.run_deployment", overtake)
    work()
    assert installed(install_id).status is InstallStatus.PUBLISHING


def test_what_fails_is_tried_again(services: Container, work: Work, buyer: User, listing: Listing) -> None:
    assert isinstance(services.health, FakeHealth)
    services.health.answer = False
    install_id = buy(services, buyer, listing)
    work()
    failed = installed(install_id)
    assert failed.status is InstallStatus.QUEUED
    assert "did not answer" in failed.error

    services.health.answer = True
    let_time_pass(install_id)
    with transaction() as session:
        sweep_installs(session, services.queue, services.progress)
    work()
    after = installed(install_id)
    assert (after.status, after.app_id) == (InstallStatus.LIVE, failed.app_id)
    assert after.deployment_id != failed.deployment_id


def test_what_waits_for_its_next_attempt_is_left_alone_until_then(
    services: Container, work: Work, buyer: User, listing: Listing
) -> None:
    assert isinstance(services.health, FakeHealth)
    services.health.answer = False
    buy(services, buyer, listing)
    work()
    with transaction() as session:
        assert sweep_installs(session, services.queue, services.progress) == 0


def test_a_purchase_that_was_refunded_meanwhile_installs_nothing(
    services: Container, work: Work, buyer: User, listing: Listing
) -> None:
    install_id = buy(services, buyer, listing)
    with transaction() as session:
        revoke(session, session.get_one(License, installed(install_id).license_id), "Refunded")
    work()
    after = installed(install_id)
    assert (after.status, after.app_id) == (InstallStatus.FAILED, None)


def test_a_free_app_that_could_not_be_installed_can_be_tried_again(
    services: Container, work: Work, buyer: User, listing: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install_claim, "MOST_ATTEMPTS", 1)
    assert isinstance(services.health, FakeHealth)
    services.health.answer = False
    install_id = buy(services, buyer, listing, amount=0)
    work()
    failed = installed(install_id)
    with transaction() as session:
        assert session.get_one(License, failed.license_id).status is LicenseStatus.ACTIVE
    assert failed.status is InstallStatus.FAILED


def test_what_was_paid_for_an_app_that_can_t_be_installed_goes_back(
    services: Container, work: Work, buyer: User, listing: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install_claim, "MOST_ATTEMPTS", 1)
    assert isinstance(services.health, FakeHealth)
    services.health.answer = False
    install_id = buy(services, buyer, listing)
    run_install(install_id, Installer(services.publisher, services.queue))
    run_install(install_id, Installer(services.publisher, services.queue))
    failed = installed(install_id)
    with transaction() as session:
        [refund] = session.exec(select(Refund))
        license_ = session.get_one(License, failed.license_id)
        assert (license_.status, license_.revoked_reason) == (LicenseStatus.REVOKED, "It could not be installed.")
        restore(session, license_)
        assert license_.status is LicenseStatus.REVOKED
    assert (failed.status, refund.amount, refund.is_automatic) == (InstallStatus.FAILED, 900, True)
    assert ("overskill.jobs.market.send_library_mail", ("failed", str(install_id)), "default") in enqueued(services)


def test_an_app_to_use_is_opened_where_it_is_hosted(
    services: Container, work: Work, buyer: User, listing: Listing, app: App
) -> None:
    put_on_air(app)
    install_id = buy(services, buyer, listing, LicenseKind.USE)
    work()
    install = installed(install_id)
    assert (install.status, install.app_id) == (InstallStatus.LIVE, None)
    assert app.slug in install.url
    route = services.routes.app("production", app.slug)
    assert route is not None
    assert route.entitlement_key
    assert route.listing == listing.slug


def test_an_app_that_is_off_the_air_is_not_opened_yet(
    services: Container, work: Work, buyer: User, listing: Listing
) -> None:
    install_id = buy(services, buyer, listing, LicenseKind.USE)
    work()
    assert "not on the air" in installed(install_id).error


def test_each_attempt_counts_also_those_whose_worker_died(services: Container, buyer: User, listing: Listing) -> None:
    install_id = buy(services, buyer, listing)
    for _ in range(MOST_ATTEMPTS):
        with transaction() as session:
            sweep_installs(session, FakeJobQueue(), services.progress)
        with transaction() as session:
            claim = claim_install(session, install_id)
        let_time_pass(install_id)
    assert claim is not None
    assert claim.is_last


@pytest.mark.parametrize("what", ["app", "listing"])
def test_what_was_suspended_while_it_was_paid_is_given_back(
    services: Container, work: Work, buyer: User, listing: Listing, app: App, what: str
) -> None:
    install_id = buy(services, buyer, listing)
    with transaction() as session:
        if what == "app":
            session.get_one(App, app.id).suspended_at = utc_now()
        else:
            session.get_one(Listing, listing.id).status = ListingStatus.SUSPENDED
    work()
    install = installed(install_id)
    assert (install.status, install.app_id) == (InstallStatus.FAILED, None)
    assert "suspended" in install.error
    with transaction() as session:
        assert session.exec(select(Refund)).one().amount == 900
