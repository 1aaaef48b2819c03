from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, col, select, update

from overskill import db
from overskill.clients.custom_hosts import CertificateState, FakeCustomHosts
from overskill.clients.dns import FakeResolver
from overskill.clients.edge_routes import FakeRoutes, HostRoute
from overskill.config import Settings
from overskill.container import Container
from overskill.errors import Conflict, InvalidInput, LimitReached, NotFound, Unavailable
from overskill.models import App, Domain, DomainStatus, utc_now
from overskill.services.apps.settings import change_slug
from overskill.services.domains import (
    add_domain,
    app_of_host,
    check_domain,
    check_due_domains,
    due_domains,
    forget_stale_claims,
    redirect_domain,
    remove_domain,
    repoint_domains,
    take_domains_down,
)
from overskill.services.domains.claim import MOST_DOMAINS
from overskill.services.domains.records import addresses_of, host_of, pointing_at
from tests.factories import make_app, make_user

SETTINGS = Settings.model_validate(
    {
        "OVERSKILL_SECRET_KEY": "s" * 40,
        "OVERSKILL_PUBLIC_URL": "https://overskill.com",
        "OVERSKILL_APPS_URL": "https://{slug}.apps-of-ours.com",
    }
)
TARGET = "habits.apps-of-ours.com"


class Registrar:
    """The outside world of these tests: name servers, certificates, the edge's routes."""

    def __init__(self) -> None:
        self.resolver = FakeResolver(addresses_of={TARGET: ["203.0.113.7"]})
        self.hosts = FakeCustomHosts()
        self.routes = FakeRoutes()

    def prove(self, domain: Domain) -> None:
        self.resolver.texts_of[f"_overskill.{domain.host}"] = ["v=spf1 -all", f"overskill={domain.token}"]

    def lead(self, host: str, address: str = "203.0.113.7") -> None:
        self.resolver.addresses_of[host] = [address]

    def check(self, domain: Domain, settings: Settings = SETTINGS) -> Domain:
        found = check_domain(domain.id, resolver=self.resolver, hosts=self.hosts, routes=self.routes, settings=settings)
        assert found is not None
        return found


@pytest.fixture
def world(services: Container) -> Registrar:
    return Registrar()


def make(slug: str = "habits") -> UUID:
    with db.transaction() as session:
        return make_app(session, make_user(session), slug=slug).id


def claim(app_id: UUID, host: str, *, with_www: bool = False) -> list[Domain]:
    with db.transaction() as session:
        app = session.get_one(App, app_id)
        return add_domain(session, app, app.creator_id, host, with_www=with_www, settings=SETTINGS)


def serve(world: Registrar, app_id: UUID, host: str) -> Domain:
    (domain,) = claim(app_id, host)
    world.prove(domain)
    world.lead(host)
    return world.check(domain)


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("Example.com", "example.com"),
        (" https://www.example.com/shop?x=1 ", "www.example.com"),
        ("shop.example.co.uk.", "shop.example.co.uk"),
        ("münchen.de", "xn--mnchen-3ya.de"),
    ],
)
def test_a_host_is_read_out_of_what_people_paste(typed: str, host: str) -> None:
    assert host_of(typed) == host


@pytest.mark.parametrize(
    "typed",
    [
        *("", "example", "127.0.0.1", "a b.com", "-a.com", "shop.localhost", "printer.local", "a..com", "x" * 300),
        *("http://[a", "//a]b.com"),
    ],
)
def test_what_is_no_domain_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        host_of(typed)


@pytest.mark.parametrize("host", ["overskill.com", "www.overskill.com", "other.apps-of-ours.com"])
def test_nobody_claims_our_own_hosts(world: Registrar, host: str) -> None:
    with pytest.raises(InvalidInput):
        claim(make(), host)


def test_a_registered_name_needs_addresses_and_others_a_cname() -> None:
    assert [(each.kind, each.value) for each in pointing_at("www.example.com", TARGET, ())] == [("CNAME", TARGET)]
    apex = pointing_at("example.com", TARGET, ["203.0.113.7", "2001:db8::1"])
    assert [(each.kind, each.value) for each in apex] == [("A", "203.0.113.7"), ("AAAA", "2001:db8::1")]


def test_an_instance_tells_its_own_addresses_where_they_are_set() -> None:
    settings = SETTINGS.model_copy(update={"public_addresses": "203.0.113.9, 2001:db8::9"})
    resolver = FakeResolver(addresses_of={TARGET: ["198.51.100.1"]})
    assert addresses_of(TARGET, resolver=resolver, settings=settings) == ["203.0.113.9", "2001:db8::9"]
    assert addresses_of(TARGET, resolver=resolver, settings=SETTINGS) == ["198.51.100.1"]


def test_where_apps_are_on_localhost_domains_lead_to_an_address() -> None:
    records = pointing_at("www.example.com", "habits.localhost", ["203.0.113.9"])
    assert [(each.kind, each.value) for each in records] == [("A", "203.0.113.9")]


def test_a_domain_that_can_lead_nowhere_says_what_is_to_be_done(world: Registrar) -> None:
    (domain,) = claim(make(), "example.com")
    world.prove(domain)
    world.resolver.addresses_of = {TARGET: ["127.0.0.1"]}
    assert "OVERSKILL_PUBLIC_ADDRESSES" in world.check(domain).error
    settings = SETTINGS.model_copy(update={"public_addresses": "203.0.113.7"})
    world.lead("example.com")
    assert world.check(domain, settings).status is DomainStatus.ACTIVE


def test_a_proved_domain_that_leads_here_is_served(world: Registrar) -> None:
    app_id = make()
    domain = serve(world, app_id, "www.example.com")
    assert (domain.status, domain.certificate, domain.error) == (DomainStatus.ACTIVE, "active", "")
    assert world.routes.hosts == {"www.example.com": HostRoute(script="habits")}
    with db.transaction() as session:
        assert app_of_host(session, "WWW.example.com") == app_id


def test_without_the_proof_nothing_is_served(world: Registrar) -> None:
    (domain,) = claim(make(), "www.example.com")
    world.lead("www.example.com")
    domain = world.check(domain)
    assert domain.status is DomainStatus.PENDING
    assert "TXT record" in domain.error
    assert world.routes.hosts == {}


def test_a_domain_that_leads_elsewhere_says_where(world: Registrar) -> None:
    (domain,) = claim(make(), "www.example.com")
    world.prove(domain)
    world.lead("www.example.com", "198.51.100.9")
    assert "198.51.100.9" in world.check(domain).error


def test_a_certificate_on_its_way_is_no_reason_not_to_serve(world: Registrar) -> None:
    world.hosts.state = CertificateState.ISSUING
    assert serve(world, make(), "www.example.com").status is DomainStatus.ISSUING
    assert "www.example.com" in world.routes.hosts


@pytest.mark.parametrize("part", ["resolver", "hosts", "routes"])
def test_an_outage_leaves_a_domain_as_it_was_and_says_so(world: Registrar, part: str) -> None:
    domain = serve(world, make(), "www.example.com")
    getattr(world, part).is_down = True
    domain = world.check(domain)
    assert domain.status is DomainStatus.ACTIVE
    assert "do not answer" in domain.error or "does not answer" in domain.error
    getattr(world, part).is_down = False
    assert world.check(domain).error == ""


def meanwhile(world: Registrar, monkeypatch: pytest.MonkeyPatch, change: Callable[[Session], object]) -> None:
    """Name servers take seconds: this happens before they answer."""
    texts = world.resolver.texts

    def answer(name: str) -> list[str]:
        with db.transaction() as session:
            change(session)
        return texts(name)

    monkeypatch.setattr(world.resolver, "texts", answer)


@pytest.mark.parametrize("is_served", [False, True])
def test_a_domain_that_is_removed_while_it_is_looked_at_is_not_served(
    world: Registrar, monkeypatch: pytest.MonkeyPatch, is_served: bool
) -> None:
    app_id = make()
    (domain,) = claim(app_id, "www.example.com")
    world.prove(domain)
    world.lead(domain.host)
    if is_served:
        world.check(domain)

    def remove(session: Session) -> None:
        remove_domain(session, session.get_one(App, app_id), domain.id, routes=world.routes, hosts=world.hosts)

    meanwhile(world, monkeypatch, remove)
    looked = check_domain(domain.id, resolver=world.resolver, hosts=world.hosts, routes=world.routes, settings=SETTINGS)
    assert looked is None
    assert (world.routes.hosts, world.hosts.hosts) == ({}, {})


def test_what_is_changed_while_a_domain_is_looked_at_stays_changed(
    world: Registrar, monkeypatch: pytest.MonkeyPatch
) -> None:
    app_id = make()
    domain = serve(world, app_id, "www.example.com")
    serve(world, app_id, "example.com")

    def change(session: Session) -> None:
        app = session.get_one(App, app_id)
        change_slug(session, app, "other-habits")
        redirect_domain(session, app, domain.id, "example.com", routes=world.routes)

    world.resolver.addresses_of["other-habits.apps-of-ours.com"] = ["203.0.113.7"]
    meanwhile(world, monkeypatch, change)
    world.check(domain)
    assert world.routes.hosts["www.example.com"] == HostRoute(script="other-habits", redirect="example.com")


def test_a_domain_that_left_stays_for_three_days(world: Registrar) -> None:
    domain = serve(world, make(), "www.example.com")
    world.resolver.texts_of.clear()
    assert world.check(domain).status is DomainStatus.ACTIVE
    with db.transaction() as session:
        session.exec(update(Domain).values(verified_at=utc_now() - timedelta(days=4)))
    assert world.check(domain).status is DomainStatus.FAILED
    assert world.routes.hosts == {}


def test_a_claim_that_nobody_proved_keeps_nobody_out(world: Registrar) -> None:
    claim(make("squatter"), "www.example.com")
    assert serve(world, make(), "www.example.com").status is DomainStatus.ACTIVE
    with pytest.raises(Conflict):
        claim(make("late"), "www.example.com")


def test_who_proved_a_host_once_needs_no_other_record(world: Registrar) -> None:
    app_id = make()
    (first,) = claim(app_id, "www.example.com")
    claim(make("squatter"), "www.example.com")
    (again,) = claim(app_id, "www.example.com")
    assert again.token == first.token


def test_www_leads_to_the_domain_without_it(world: Registrar) -> None:
    app_id = make()
    for domain in claim(app_id, "example.com", with_www=True):
        world.prove(domain)
        world.lead(domain.host)
        world.check(domain)
    assert world.routes.hosts["www.example.com"].redirect == "example.com"
    assert world.routes.hosts["example.com"].redirect == ""


def test_domains_never_lead_in_a_circle(world: Registrar) -> None:
    app_id = make()
    bare, www = claim(app_id, "example.com", with_www=True)
    with db.transaction() as session:
        app = session.get_one(App, app_id)
        with pytest.raises(InvalidInput):
            redirect_domain(session, app, bare.id, "www.example.com", routes=world.routes)
        with pytest.raises(InvalidInput):
            redirect_domain(session, app, www.id, "evil.example.org", routes=world.routes)


def test_what_is_removed_is_served_no_more_and_what_led_there_shows_the_app(world: Registrar) -> None:
    app_id = make()
    bare, www = claim(app_id, "example.com", with_www=True)
    for domain in (bare, www):
        world.prove(domain)
        world.lead(domain.host)
        world.check(domain)
    with db.transaction() as session:
        remove_domain(session, session.get_one(App, app_id), bare.id, routes=world.routes, hosts=world.hosts)
    assert world.routes.hosts == {"www.example.com": HostRoute(script="habits")}
    assert list(world.hosts.hosts) == ["www.example.com"]


def test_a_renamed_app_keeps_its_domains(world: Registrar) -> None:
    app_id = make()
    serve(world, app_id, "www.example.com")
    with db.transaction() as session:
        app = session.get_one(App, app_id)
        change_slug(session, app, "other-habits")
        repoint_domains(session, app, routes=world.routes)
    assert world.routes.hosts["www.example.com"].script == "other-habits"


def test_an_app_that_ends_takes_its_domains_along(world: Registrar) -> None:
    app_id = make()
    serve(world, app_id, "www.example.com")
    take_domains_down(app_id, routes=world.routes, hosts=world.hosts)
    assert (world.routes.hosts, world.hosts.hosts) == ({}, {})


def test_a_domain_of_another_app_is_not_there(world: Registrar) -> None:
    (domain,) = claim(make("theirs"), "www.example.com")
    mine = make()
    with db.transaction() as session, pytest.raises(NotFound):
        remove_domain(session, session.get_one(App, mine), domain.id, routes=world.routes, hosts=world.hosts)


def test_an_app_has_so_many_domains_at_most(world: Registrar) -> None:
    app_id = make()
    for number in range(MOST_DOMAINS):
        claim(app_id, f"n{number}.example.com")
    with pytest.raises(LimitReached):
        claim(app_id, "one-more.example.com")


def test_without_a_secret_key_nothing_can_be_claimed(world: Registrar) -> None:
    app_id, keyless = make(), Settings.model_validate({})
    with db.transaction() as session:
        app = session.get_one(App, app_id)
        with pytest.raises(Unavailable, match="OVERSKILL_SECRET_KEY"):
            add_domain(session, app, app.creator_id, "example.com", with_www=False, settings=keyless)


@pytest.mark.parametrize(
    ("status", "age", "checked", "is_due"),
    [
        (DomainStatus.PENDING, timedelta(0), None, True),
        (DomainStatus.PENDING, timedelta(minutes=5), timedelta(seconds=70), True),
        (DomainStatus.PENDING, timedelta(hours=5), timedelta(seconds=70), False),
        (DomainStatus.ISSUING, timedelta(hours=5), timedelta(minutes=31), True),
        (DomainStatus.ACTIVE, timedelta(hours=5), timedelta(hours=1), False),
        (DomainStatus.ACTIVE, timedelta(days=5), timedelta(hours=13), True),
        (DomainStatus.FAILED, timedelta(days=9), timedelta(days=9), False),
    ],
)
def test_how_often_a_domain_is_looked_at(
    world: Registrar,
    status: DomainStatus,
    age: timedelta,
    checked: timedelta | None,
    is_due: bool,
) -> None:
    (domain,) = claim(make(), "www.example.com")
    now = utc_now()
    with db.transaction() as session:
        session.exec(update(Domain).values(status=status, created_at=now - age, checked_at=checked and now - checked))
        assert (domain.id in due_domains(session)) is is_due


def test_all_that_are_due_are_looked_at_though_one_fails(world: Registrar, monkeypatch: pytest.MonkeyPatch) -> None:
    app_id = make()
    (broken,) = claim(app_id, "broken.example.com")
    (fine,) = claim(app_id, "fine.example.com")
    world.prove(fine)
    world.lead(fine.host)
    texts = world.resolver.texts

    def refuse_one(name: str) -> list[str]:
        if "broken" in name:
            raise NotFound("It is gone.")
        return texts(name)

    monkeypatch.setattr(world.resolver, "texts", refuse_one)
    check_due_domains(resolver=world.resolver, hosts=world.hosts, routes=world.routes, settings=SETTINGS)
    with db.transaction() as session:
        states = dict(session.exec(select(Domain.host, Domain.status).order_by(col(Domain.host))).all())
    assert states == {"broken.example.com": DomainStatus.PENDING, "fine.example.com": DomainStatus.ACTIVE}
    assert broken.status is DomainStatus.PENDING


def test_claims_that_nobody_proved_are_forgotten_after_a_week(world: Registrar) -> None:
    app_id = make()
    serve(world, app_id, "served.example.com")
    claim(app_id, "stale.example.com")
    with db.transaction() as session:
        session.exec(update(Domain).values(created_at=utc_now() - timedelta(days=8)))
        assert forget_stale_claims(session) == 1
    with db.transaction() as session:
        assert session.exec(select(Domain.host)).all() == ["served.example.com"]
