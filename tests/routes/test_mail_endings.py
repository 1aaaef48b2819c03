"""A mail's link to end mails like it: a page asks, a post ends them, and nobody has to sign in."""

from pathlib import Path
from uuid import UUID

import httpx
import pytest

from overskill.config import Settings
from overskill.container import Container
from overskill.db import transaction
from overskill.services.market.mail_endings import MailKind, ending_link
from overskill.services.market.news import view_news
from tests.factories import make_user

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(OVERSKILL_HOME=tmp_path / "home", OVERSKILL_SECRET_KEY="s" * 40)


def arrange(services: Container, kind: MailKind) -> tuple[UUID, str]:
    with transaction() as session:
        user_id = make_user(session).id
    return user_id, ending_link(user_id, kind, services.settings).removeprefix(services.settings.site_url)


def wanted(user_id: UUID) -> tuple[bool, bool]:
    with transaction() as session:
        page = view_news(session, user_id)
        return page.mails_news, page.mails_updates


@pytest.mark.parametrize(("kind", "left"), [(MailKind.NEWS, (False, True)), (MailKind.UPDATES, (True, False))])
async def test_one_click_of_a_mail_program_ends_them(
    client: httpx.AsyncClient, services: Container, kind: MailKind, left: tuple[bool, bool]
) -> None:
    user_id, link = arrange(services, kind)
    for _ in range(2):
        answer = await client.post(link, data=ONE_CLICK)
        assert (answer.status_code, wanted(user_id)) == (200, left)  # no redirect: mail programs follow none
    assert "switched off" in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_looking_at_the_link_ends_nothing_and_its_page_asks(
    client: httpx.AsyncClient, services: Container
) -> None:
    user_id, link = arrange(services, MailKind.NEWS)
    page = await client.get(link)
    assert (page.status_code, wanted(user_id)) == (200, (True, True))
    assert '<form method="post"><button>Switch them off</button></form>' in page.text
    assert page.headers["referrer-policy"] == "same-origin"  # else browsers post it with an origin that is refused


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_forged_link_is_refused_with_a_page_that_says_how_to_go_on(
    client: httpx.AsyncClient, services: Container, method: str
) -> None:
    user_id, link = arrange(services, MailKind.NEWS)
    for forged in (link[:-3], "/mails/end", "/mails/end?token=x"):
        answer = await client.request(method, forged)
        assert answer.status_code == 403
        assert "switch the mails off under News" in answer.text
    assert wanted(user_id) == (True, True)
