from uuid import uuid4

import pytest

from overskill.clients.dns import FakeResolver
from overskill.config import Settings
from overskill.models import DomainStatus
from overskill.services.domains import DomainView
from overskill.services.studio_domains import records_of

TARGET = "habits.apps-of-ours.com"


def waiting(host: str, *, is_apex: bool) -> DomainView:
    return DomainView(uuid4(), host, host, DomainStatus.PENDING, "", "", "", f"_overskill.{host}", "proof", is_apex)


def test_name_servers_are_asked_once_for_what_all_domains_lead_to(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = FakeResolver(addresses_of={TARGET: ["203.0.113.7"]})
    asked: list[str] = []
    find = resolver.addresses
    monkeypatch.setattr(resolver, "addresses", lambda name: asked.append(name) or find(name))
    domains = [
        waiting("one.com", is_apex=True),
        waiting("two.com", is_apex=True),
        waiting("www.two.com", is_apex=False),
    ]
    found = records_of(domains, TARGET, resolver=resolver, settings=Settings.model_validate({}))
    assert [records[1].kind for records in found] == ["A", "A", "CNAME"]
    assert asked == [TARGET]


def test_while_name_servers_are_silent_each_domain_still_shows_its_proof() -> None:
    domains = [waiting("one.com", is_apex=True), waiting("www.two.com", is_apex=False)]
    settings = Settings.model_validate({})
    found = records_of(domains, TARGET, resolver=FakeResolver(is_down=True), settings=settings)
    assert [[record.kind for record in records] for records in found] == [["TXT"], ["TXT", "CNAME"]]
