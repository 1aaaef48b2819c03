"""A mail's link to a decision: whom it lets appeal, and what it is good for."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from pydantic import SecretStr

from overskill.clients.mail import FakeMail
from overskill.config import Settings
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Conflict, NotAllowed
from overskill.models import Act, AppealStatus, SubjectKind, utc_now
from overskill.services.admin.suspending import Switchboard
from overskill.services.market.appeal_links import LIFETIME, LONGEST_TOKEN, act_in, appeal_link
from overskill.services.market.moderation import act, decide_appeal
from overskill.services.market.notices import appeal_by_link, read_decision
from tests.factories import make_user
from tests.market_rows import make_listing

KEYLESS = Settings(OVERSKILL_SECRET_KEY=SecretStr(""))
SETTINGS = Settings(OVERSKILL_SECRET_KEY=SecretStr("a secret of thirty-two letters, or more"))


def token_of(link: str) -> str:
    return parse_qs(urlsplit(link).query)["token"][0]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(OVERSKILL_HOME=tmp_path / "home", OVERSKILL_SECRET_KEY=SETTINGS.secret_key)


def test_a_link_names_its_decision_and_no_other() -> None:
    act_id, now = uuid4(), utc_now()
    token = token_of(appeal_link(act_id, SETTINGS, now))
    assert len(token) <= LONGEST_TOKEN
    assert act_in(token, SETTINGS, now) == act_id


def test_a_link_that_was_changed_in_any_letter_is_refused() -> None:
    token = token_of(appeal_link(uuid4(), SETTINGS, utc_now()))
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "Q"
        with pytest.raises(NotAllowed, match="not whole"):
            act_in(token[:place] + other + token[place + 1 :], SETTINGS, utc_now())


@pytest.mark.parametrize("token", ["", "nonsense", "ä" * 40, "A" * 70, "=" * 70])
def test_what_is_no_link_is_refused(token: str) -> None:
    with pytest.raises(NotAllowed, match="not whole"):
        act_in(token, SETTINGS, utc_now())


def test_a_link_ends() -> None:
    now = utc_now()
    token = token_of(appeal_link(uuid4(), SETTINGS, now - LIFETIME - timedelta(seconds=1)))
    with pytest.raises(NotAllowed, match="too old"):
        act_in(token, SETTINGS, now)


def test_without_a_secret_no_link_is_made_or_taken() -> None:
    assert appeal_link(uuid4(), KEYLESS, utc_now()).endswith("/sell/notices")
    with pytest.raises(NotAllowed):
        act_in(token_of(appeal_link(uuid4(), SETTINGS, utc_now())), KEYLESS, utc_now())


def test_who_is_suspended_appeals_by_the_link_once(services: Container, settings: Settings) -> None:
    with transaction() as session:
        admin, user = make_user(session, is_admin=True), make_user(session)
        row = act(
            session,
            admin.id,
            SubjectKind.USER,
            user.id,
            Act.SUSPEND,
            reason="Spam",
            queue=services.queue,
            effects=Switchboard(services.publisher, services.shares, services.redis).effects,
        )
        token = token_of(appeal_link(row.id, settings, utc_now()))
        assert read_decision(session, token, settings=settings).can_appeal
        assert appeal_by_link(session, token, "It was not me.", settings=settings).appeal is AppealStatus.OPEN
        assert row.appeal_text == "It was not me."
        with pytest.raises(Conflict, match="already"):
            appeal_by_link(session, token, "", settings=settings)


def test_the_mail_carries_the_link_and_later_shows_the_answer(services: Container, work: Callable[[], int]) -> None:
    with transaction() as session:
        listing, admin = make_listing(session), make_user(session, is_admin=True)
        row = act(
            session, admin.id, SubjectKind.LISTING, listing.id, Act.SUSPEND, reason="Misleading", queue=services.queue
        )
    work()
    assert isinstance(services.mail, FakeMail)
    link = services.mail.messages[-1].link
    with transaction() as session:
        assert appeal_by_link(session, token_of(link), "", settings=services.settings).id == row.id
    with transaction() as session:
        decide_appeal(session, admin.id, row.id, is_granted=False, answer="It still is.", queue=services.queue)
    with transaction() as session:
        assert read_decision(session, token_of(link), settings=services.settings).answer == "It still is."
