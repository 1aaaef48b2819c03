from pathlib import Path

import pytest
from pydantic import SecretStr

from overskill.clients.dns import FakeResolver
from overskill.config import Settings
from overskill.container import Container
from overskill.errors import NotFound
from overskill.state.domains import DomainsState
from tests.conftest import Tab
from tests.state.studio_tab import PATH, do, join, join_as_stranger
from tests.support_waiting import until


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(OVERSKILL_HOME=tmp_path / "home", OVERSKILL_SECRET_KEY=SecretStr("s" * 40))


async def add(tab: Tab, host: str, *, with_www: bool = False) -> None:
    await tab.fire(DomainsState.add, path=PATH, form={"host": host} | ({"with_www": "on"} if with_www else {}))
    await until(lambda: tab.seen("is_checking")[-1:] == [False])


async def test_a_domain_shows_the_records_to_set(tab: Tab, services: Container) -> None:
    join(tab)
    assert isinstance(services.resolver, FakeResolver)
    services.resolver.addresses_of = {"habits.localhost": ["203.0.113.7"]}
    await add(tab, "www.example.com")
    (row,) = tab.seen("domains")[-1]
    assert [(record.kind, record.name) for record in row.records] == [
        ("TXT", "_overskill.www.example.com"),
        ("CNAME", "www.example.com"),
    ]
    assert (row.words, row.error[:11]) == ("Waiting for DNS", "The records")


async def test_a_domain_that_is_right_is_live_at_the_next_look(tab: Tab, services: Container) -> None:
    join(tab)
    await add(tab, "www.example.com")
    (row,) = tab.seen("domains")[-1]
    assert isinstance(services.resolver, FakeResolver)
    services.resolver.texts_of[row.records[0].name] = [row.records[0].value]
    services.resolver.addresses_of = {"habits.localhost": ["203.0.113.7"], "www.example.com": ["203.0.113.7"]}
    await tab.fire(DomainsState.check, path=PATH, domain_id=row.id)
    await until(lambda: tab.seen("domains")[-1][0].status == "active")
    assert tab.seen("domains")[-1][0].records == []


async def test_a_domain_is_looked_at_once_however_often_it_is_named(
    tab: Tab, services: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(tab)
    await add(tab, "www.example.com")
    asked: list[str] = []
    monkeypatch.setattr(services.resolver, "texts", lambda name: asked.append(name) or [])
    await do(tab, DomainsState.look, domain_ids=[tab.seen("domains")[-1][0].id] * 50)
    assert asked == ["_overskill.www.example.com"]


async def test_what_is_no_domain_is_refused_at_the_input(tab: Tab) -> None:
    join(tab)
    await do(tab, DomainsState.add, form={"host": "not a domain"})
    assert "can't be a domain" in tab.seen("refusal")[-1]


async def test_www_leads_to_the_domain_and_can_show_the_app_instead(tab: Tab) -> None:
    join(tab)
    await add(tab, "example.com", with_www=True)
    bare, www = tab.seen("domains")[-1]
    assert (bare.leads_to, www.leads_to) == ("", "example.com")
    await do(tab, DomainsState.redirect, domain_id=www.id, target="")
    assert tab.seen("domains")[-1][1].leads_to == ""


async def test_a_removed_domain_is_gone(tab: Tab) -> None:
    join(tab)
    await add(tab, "www.example.com")
    await do(tab, DomainsState.remove, domain_id=tab.seen("domains")[-1][0].id)
    assert tab.seen("domains")[-1] == []


@pytest.mark.parametrize("handler", ["check", "redirect", "remove"])
async def test_a_stranger_touches_no_domain(tab: Tab, handler: str) -> None:
    join(tab)
    await add(tab, "www.example.com")
    key = tab.seen("domains")[-1][0].id
    join_as_stranger(tab)
    payload = {"domain_id": key} | ({"target": ""} if handler == "redirect" else {})
    if handler == "check":
        payload = {"domain_ids": [key]}  # type: ignore[dict-item]
        handler = "look"
    with pytest.raises(NotFound):
        await do(tab, getattr(DomainsState, handler), **payload)
