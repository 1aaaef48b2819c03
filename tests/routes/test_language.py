from typing import Any

import httpx
import pytest

from overskill import db
from overskill.clients.bundler import FakeBundler
from overskill.clients.language import Answer, FakeLanguageService, Question
from overskill.container import Container
from overskill.routes.language import LARGEST_BODY, LARGEST_TEXT
from tests.factories import make_user
from tests.routes.conftest import arrange, sign_in

HOVER: Answer = {"hover": {"code": "const a: 1", "documentation": ""}}
ASKED: dict[str, Any] = {"path": "src/App.tsx", "text": "const a = 1;", "line": 1, "column": 7}


def language_of(services: Container) -> FakeLanguageService:
    assert isinstance(services.language, FakeLanguageService)
    return services.language


async def ask(client: httpx.AsyncClient, kind: str, **other: Any) -> httpx.Response:
    return await client.post(f"/api/studio/habits/language/{kind}", json=ASKED | other)


async def test_a_question_about_code_is_answered(client: httpx.AsyncClient, services: Container) -> None:
    app = arrange(client)
    language = language_of(services)
    language.open.add(app.preview_key)
    language.answers["hover"] = HOVER
    response = await ask(client, "hover")
    assert response.json() == HOVER
    assert response.headers["cache-control"] == "no-store"
    assert language.asked == [(app.preview_key, "hover", Question("src/App.tsx", "const a = 1;", 1, 7))]


async def test_a_suggestion_is_described_by_its_name_and_source(client: httpx.AsyncClient, services: Container) -> None:
    app = arrange(client)
    language_of(services).open.add(app.preview_key)
    await ask(client, "resolve", label="useState", source="react")
    assert language_of(services).asked[0][2].source == "react"


async def test_an_app_that_is_not_held_any_more_is_opened_and_asked_about_again(
    client: httpx.AsyncClient, services: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = arrange(client)
    language = language_of(services)
    language.answers["hover"] = HOVER
    assert isinstance(services.bundler, FakeBundler)
    monkeypatch.setattr(services.bundler, "apps", opened := _Noticed(language))
    assert (await ask(client, "hover")).json() == HOVER
    assert list(opened) == [app.preview_key]


class _Noticed(dict[str, dict[str, str]]):
    """The apps of a bundler, whose language service knows what is open."""

    def __init__(self, language: FakeLanguageService) -> None:
        super().__init__()
        self._language = language

    def __setitem__(self, key: str, files: dict[str, str]) -> None:
        super().__setitem__(key, files)
        self._language.open.add(key)


async def test_a_file_is_formatted(client: httpx.AsyncClient) -> None:
    arrange(client)
    assert (await ask(client, "format", text="  const a = 1;")).json() == {"text": "const a = 1;\n"}


async def test_what_can_not_be_formatted_says_why(client: httpx.AsyncClient) -> None:
    arrange(client)
    refused = await ask(client, "format", text="<<<")
    assert refused.status_code == 422
    assert "src/App.tsx can't be formatted: line 1" in refused.json()["error"]


@pytest.mark.parametrize("kind", ["hover", "format"])
async def test_somebody_elses_app_is_not_found(client: httpx.AsyncClient, services: Container, kind: str) -> None:
    app = arrange(client)
    language_of(services).open.add(app.preview_key)
    with db.transaction() as session:
        sign_in(client, session, make_user(session))
    assert (await ask(client, kind)).status_code == 404
    assert language_of(services).asked == []


async def test_nobody_asks_without_signing_in(client: httpx.AsyncClient) -> None:
    assert (await ask(client, "hover")).status_code == 401


@pytest.mark.parametrize(
    ("kind", "wrong", "status"),
    [
        ("hover", {"line": 0}, 422),
        ("hover", {"path": "x" * 201}, 422),
        ("hover", {"text": "x" * (LARGEST_TEXT + 1)}, 422),
        ("hover", {"text": "x" * (LARGEST_BODY + 1)}, 429),
        ("rename", {}, 404),
    ],
)
async def test_questions_that_make_no_sense_are_refused(
    client: httpx.AsyncClient, services: Container, kind: str, wrong: dict[str, Any], status: int
) -> None:
    arrange(client)
    assert (await ask(client, kind, **wrong)).status_code == status
    assert language_of(services).asked == []


async def test_a_service_that_is_down_says_what_to_do(client: httpx.AsyncClient, services: Container) -> None:
    arrange(client)
    language_of(services).is_down = True
    refused = await ask(client, "complete")
    assert refused.status_code == 503
    assert "try again" in refused.json()["error"]
