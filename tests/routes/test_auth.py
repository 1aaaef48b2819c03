from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import httpx
import pytest
import pytest_asyncio
from sqlmodel import func, select

from overskill import container, db
from overskill.clients.mail import FakeMail
from overskill.config import Settings
from overskill.container import Container
from overskill.models import App, User
from overskill.services.accounts.owner import owner_sign_in_link
from overskill.services.accounts.sessions import COOKIE, SignedIn, Visitor, find_session
from overskill.services.accounts.users import sign_up
from overskill.services.notes import read_note
from tests.support_site import browser_at, place, query

ADA = {"name": "Ada Lovelace", "email": "ada@example.com", "password": "correct horse battery"}


@pytest_asyncio.fixture
async def browser(services: Container) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_at(services.settings) as client:
        yield client


def who(browser: httpx.AsyncClient) -> SignedIn | None:
    with db.transaction() as session:
        return find_session(session, browser.cookies.get(COOKIE, ""))


def note_of(services: Container, response: httpx.Response) -> dict[str, str]:
    return read_note(services.redis, "form", query(response, "note"))


async def test_signing_up_sets_a_cookie_that_scripts_cannot_read(browser: httpx.AsyncClient) -> None:
    response = await browser.post("/auth/sign-up", data=ADA)
    assert (response.status_code, place(response)) == (303, "/")
    cookie = response.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    user = who(browser)
    assert user is not None
    assert user.email == ADA["email"]


async def test_where_the_site_is_https_no_other_host_can_set_its_cookies(
    services: Container, settings: Settings
) -> None:
    public = settings.model_copy(update={"public_url": "https://overskill.example"})
    container.install(replace(services, settings=public))
    async with browser_at(public) as browser:
        drafted = await browser.post("/start", data={"prompt": "a habit tracker"})
        joined = await browser.post("/auth/sign-up", data=ADA)
        left = await browser.post("/auth/sign-out")
        assert not browser.cookies
    answers = [cookie for each in (drafted, joined, left) for cookie in each.headers.get_list("set-cookie")]
    assert [answer.partition("=")[0] for answer in answers] == [
        "__Host-overskill_draft",
        "__Host-overskill_draft",
        "__Host-overskill_session",
        "__Host-overskill_session",
    ]
    for answer in answers:
        assert {"Secure", "Path=/"} <= set(answer.split("; "))
        assert "Domain" not in answer


async def test_a_cookie_of_plain_http_signs_nobody_in_on_https(services: Container, settings: Settings) -> None:
    public = settings.model_copy(update={"public_url": "https://overskill.example"})
    container.install(replace(services, settings=public))
    with db.transaction() as session:
        token = sign_up(session, **ADA, visitor=Visitor())
    async with browser_at(public) as browser:
        for name, is_ours in ((COOKIE, False), (f"__Host-{COOKIE}", True)):
            browser.cookies = httpx.Cookies({name: token})
            response = await browser.post("/start", data={"prompt": "a habit tracker"})
            assert place(response).startswith("/studio/") is is_ours


async def test_where_sign_up_is_closed_nobody_can_join_and_who_has_an_account_signs_in(
    browser: httpx.AsyncClient, services: Container, settings: Settings
) -> None:
    await browser.post("/auth/sign-up", data=ADA)
    browser.cookies.clear()
    container.install(replace(services, settings=settings.model_copy(update={"sign_up": "closed"})))

    refused = await browser.post("/auth/sign-up", data={**ADA, "email": "grace@example.com"})
    assert place(refused) == "/sign-up"
    assert "no sign-ups" in note_of(services, refused)["error"]
    assert who(browser) is None

    kept = await browser.post("/start", data={"prompt": "a habit tracker"})
    assert place(kept) == "/sign-in"
    started = await browser.post("/auth/sign-in", data=ADA)
    assert place(started).startswith("/studio/")


async def test_where_sign_up_is_closed_the_owner_link_works(
    browser: httpx.AsyncClient, services: Container, settings: Settings
) -> None:
    container.install(replace(services, settings=settings.model_copy(update={"sign_up": "closed"})))
    with db.transaction() as session:
        link = owner_sign_in_link(session, site_url="http://localhost:3000")
    assert place(await browser.get(link)) == "/"
    assert who(browser) is not None


async def test_signing_in_leads_back_to_where_one_was_going(browser: httpx.AsyncClient) -> None:
    await browser.post("/auth/sign-up", data=ADA)
    browser.cookies.clear()
    response = await browser.post("/auth/sign-in", data={**ADA, "next": "/studio/habits?tab=code"})
    assert response.headers["location"] == "/studio/habits?tab=code"


@pytest.mark.parametrize(
    "address", ["https://evil.example", "//evil.example", "/\\evil.example", "/a\\b", "javascript:1", "/auth/owner", ""]
)
async def test_signing_in_never_leads_to_another_site(browser: httpx.AsyncClient, address: str) -> None:
    response = await browser.post("/auth/sign-up", data={**ADA, "next": address})
    assert response.headers["location"] == "/"


async def test_a_refused_form_comes_back_with_what_was_typed_but_the_password(
    browser: httpx.AsyncClient, services: Container
) -> None:
    response = await browser.post("/auth/sign-up", data={**ADA, "password": "short", "next": "/settings"})
    assert (response.status_code, place(response), query(response, "next")) == (303, "/sign-up", "/settings")
    note = note_of(services, response)
    assert (note["name"], note["email"], note["field"]) == (ADA["name"], ADA["email"], "password")
    assert "10 characters" in note["error"]
    assert "short" not in note.values()
    assert "example.com" not in response.headers["location"]


async def test_a_wrong_password_signs_nobody_in(browser: httpx.AsyncClient, services: Container) -> None:
    await browser.post("/auth/sign-up", data=ADA)
    browser.cookies.clear()
    response = await browser.post("/auth/sign-in", data={**ADA, "password": "a wild guess"})
    assert place(response) == "/sign-in"
    assert "do not match" in note_of(services, response)["error"]
    assert who(browser) is None


async def test_guessing_is_stopped_after_ten_tries(browser: httpx.AsyncClient, services: Container) -> None:
    for _ in range(10):
        await browser.post("/auth/sign-in", data={"email": "a@example.com", "password": "x" * 201})
    response = await browser.post("/auth/sign-in", data={"email": "a@example.com", "password": "x" * 201})
    assert "too often" in note_of(services, response)["error"]


async def test_signing_out_ends_the_session_and_clears_the_cookie(browser: httpx.AsyncClient) -> None:
    await browser.post("/auth/sign-up", data=ADA)
    token = browser.cookies[COOKIE]
    response = await browser.post("/auth/sign-out")
    assert place(response) == "/"
    assert COOKIE not in browser.cookies
    with db.transaction() as session:
        assert find_session(session, token) is None


async def test_the_owner_link_signs_an_admin_in_and_works_once(browser: httpx.AsyncClient) -> None:
    with db.transaction() as session:
        link = owner_sign_in_link(session, site_url="http://localhost:3000")
    response = await browser.get(link)
    assert place(response) == "/"
    user = who(browser)
    assert user is not None
    assert user.is_admin
    again = await browser.get(link)
    assert place(again) == "/sign-in"


async def test_a_forgotten_password_is_reset_by_the_mailed_link(
    browser: httpx.AsyncClient, services: Container, work: Callable[[], int]
) -> None:
    await browser.post("/auth/sign-up", data=ADA)
    browser.cookies.clear()
    asked = await browser.post("/auth/reset", data={"email": ADA["email"]})
    assert (place(asked), query(asked, "sent")) == ("/reset", "1")
    work()
    assert isinstance(services.mail, FakeMail)
    token = services.mail.messages[0].link.partition("token=")[2]
    response = await browser.post("/auth/reset", data={"token": token, "password": "another long one"})
    assert place(response) == "/"
    assert who(browser) is not None


async def test_a_refused_new_password_keeps_the_link_on_the_page(browser: httpx.AsyncClient) -> None:
    response = await browser.post("/auth/reset", data={"token": "made up", "password": "another long one"})
    assert (place(response), query(response, "token")) == ("/reset", "made up")


@pytest.mark.parametrize("origin", ["https://evil.example", "http://habits.localhost:8787", "null"])
async def test_a_form_on_another_site_changes_nothing(browser: httpx.AsyncClient, origin: str) -> None:
    response = await browser.post("/auth/sign-up", data=ADA, headers={"origin": origin})
    assert response.status_code == 403
    with db.transaction() as session:
        assert session.exec(select(func.count()).select_from(User)).one() == 0


async def test_a_prompt_written_signed_out_becomes_an_app_right_after_signing_up(browser: httpx.AsyncClient) -> None:
    kept = await browser.post("/start", data={"prompt": "a habit tracker with streaks"})
    assert (kept.status_code, place(kept)) == (303, "/sign-up")
    response = await browser.post("/auth/sign-up", data=ADA)
    with db.transaction() as session:
        app = session.exec(select(App)).one()
    assert response.headers["location"] == f"/studio/{app.slug}"
    assert app.prompt == "a habit tracker with streaks"
    assert "overskill_draft" not in browser.cookies


async def test_a_kept_prompt_survives_a_refused_sign_up_and_is_used_once(browser: httpx.AsyncClient) -> None:
    await browser.post("/start", data={"prompt": "a habit tracker"})
    await browser.post("/auth/sign-up", data={**ADA, "password": "short"})
    first = await browser.post("/auth/sign-up", data=ADA)
    assert place(first).startswith("/studio/")
    second = await browser.post("/auth/sign-in", data=ADA)
    assert place(second) == "/"


async def test_a_prompt_written_signed_in_becomes_an_app_at_once(
    browser: httpx.AsyncClient, services: Container
) -> None:
    await browser.post("/auth/sign-up", data=ADA)
    response = await browser.post("/start", data={"prompt": "a kanban board for invoices"})
    assert place(response).startswith("/studio/")
    assert [job for job, *_ in services.queue.enqueued] == ["overskill.jobs.generate.generate"]  # type: ignore[attr-defined]


async def test_a_prompt_that_cannot_be_used_comes_back_with_the_reason(
    browser: httpx.AsyncClient, services: Container
) -> None:
    response = await browser.post("/start", data={"prompt": "x" * 9000})
    assert place(response) == "/"
    note = note_of(services, response)
    assert note["prompt"] == "x" * 9000
    assert "Shorten it" in note["error"]


@pytest.mark.parametrize("path", ["/auth/sign-in", "/auth/sign-up", "/auth/reset"])
async def test_text_that_no_database_keeps_is_read_without_it(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.post(path, data={name: f"{value}\x00" for name, value in ADA.items()})).status_code == 303
