from dataclasses import replace

import pytest

from overskill import container, db
from overskill.clients.edge import FakeEdge
from overskill.config import Environment, Settings
from overskill.container import Container
from overskill.errors import Unavailable
from tests.support_site import browser_at


class EdgeThatIsDown(FakeEdge):
    def ping(self) -> bool:
        raise Unavailable("The edge does not answer.")


async def test_health_is_good_once_every_part_answers(services: Container) -> None:
    async with browser_at(services.settings) as browser:
        answer = await browser.get("/healthz")
    assert answer.status_code == 200
    assert {name: part["ok"] for name, part in answer.json()["parts"].items()} == {
        "database": True,
        "redis": True,
        "bundler": True,
        "edge": True,
    }


async def test_health_names_the_part_that_does_not_answer(services: Container) -> None:
    container.install(replace(services, edge=EdgeThatIsDown()))
    async with browser_at(services.settings) as browser:
        answer = await browser.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["edge"]["ok"] is False
    assert answer.json()["parts"]["redis"]["ok"] is True


async def test_health_is_bad_without_a_database(services: Container, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "_engine", None)
    async with browser_at(services.settings) as browser:
        answer = await browser.get("/healthz")
    assert answer.status_code == 503


async def test_development_pages_do_not_exist_in_production(services: Container, settings: Settings) -> None:
    production = settings.model_copy(update={"environment": Environment.PRODUCTION})
    async with browser_at(production) as browser:
        answer = await browser.get("/dev/mail")
    assert answer.status_code == 404
    assert "nothing at this address" in answer.text
