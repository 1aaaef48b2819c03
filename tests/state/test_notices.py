"""The page of notices, and the dialog that reports."""

from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlmodel import select

from overskill.config import Settings
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import NotAllowed, NotFound, SignInRequired
from overskill.models import Act, CreatorProfile, Listing, ModerationAct, Report, SubjectKind, User, utc_now
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.market.appeal_links import appeal_link
from overskill.services.market.moderation import act
from overskill.state.notices import AppealState, NoticesState
from overskill.state.reports import ReportState
from tests.conftest import Tab
from tests.factories import make_user
from tests.market_rows import make_listing


def sign_in(tab: Tab, user_id: object) -> None:
    with transaction() as session:
        user = session.get_one(User, user_id)
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With a secret, which signs the links of mails."""
    return Settings(OVERSKILL_HOME=tmp_path / "home", OVERSKILL_SECRET_KEY=SecretStr("k" * 32))


@pytest.fixture
def suspended(services: Container) -> Listing:
    with transaction() as session:
        listing, admin = make_listing(session), make_user(session, is_admin=True)
        act(
            session,
            admin.id,
            SubjectKind.LISTING,
            listing.id,
            Act.SUSPEND,
            reason="It is misleading.",
            evidence=[{"kind": "note", "text": "Other pictures", "link": ""}],
            queue=services.queue,
        )
        return listing


def owner_of(listing: Listing) -> object:
    with transaction() as session:
        return session.get_one(CreatorProfile, listing.creator_id).user_id


def act_id() -> str:
    with transaction() as session:
        return str(session.exec(select(ModerationAct.id)).one())


async def test_a_creator_reads_why_and_appeals(tab: Tab, suspended: Listing) -> None:
    sign_in(tab, owner_of(suspended))
    await tab.do(NoticesState.load)
    (notice,) = tab.seen("notices")[-1]
    assert (notice.title, notice.words, notice.reason, notice.can_appeal) == (
        "Habits",
        "was suspended",
        "It is misleading.",
        True,
    )
    assert notice.evidence[0].text == "Other pictures"
    await tab.do(NoticesState.appeal, form={"notice": act_id(), "text": ""})
    (notice,) = tab.seen("notices")[-1]
    assert (notice.appeal, notice.can_appeal, notice.due_at != "") == ("open", False, True)
    assert not tab.errors


async def test_somebody_else_s_notice_can_t_be_appealed(tab: Tab, suspended: Listing) -> None:
    with transaction() as session:
        stranger = make_user(session).id
    sign_in(tab, stranger)
    for notice in (act_id(), "nonsense"):
        with pytest.raises(NotFound):
            await tab.do(NoticesState.appeal, form={"notice": notice, "text": "Mine!"})


async def test_notices_and_reports_need_an_account(tab: Tab) -> None:
    with pytest.raises(SignInRequired):
        await tab.do(NoticesState.load)
    with pytest.raises(SignInRequired):
        await tab.do(ReportState.open, kind="listing", key="habits", title="Habits")


async def test_a_listing_is_reported_from_its_page(tab: Tab, services: Container) -> None:
    with transaction() as session:
        listing, user = make_listing(session), make_user(session)
    sign_in(tab, user.id)
    await tab.do(ReportState.open, kind="listing", key=listing.slug, title="Habits")
    await tab.do(ReportState.send, form={"reason": "other", "details": "Hm"})
    assert (tab.seen("refused")[-1], tab.seen("is_open")[-1]) == ("details", True)
    await tab.do(ReportState.send, form={"reason": "spam", "details": ""})
    assert tab.seen("is_open")[-1] is False
    with transaction() as session:
        row = session.exec(select(Report)).one()
        assert (row.subject_id, row.reporter_id) == (listing.id, user.id)
    await tab.do(NoticesState.load)
    assert [one.status for one in tab.seen("reports")[-1]] == ["Somebody will look at it"]


@pytest.mark.parametrize(("kind", "key"), [("listing", "no-such"), ("review", "x"), ("user", "x"), ("", "")])
async def test_what_is_not_there_can_t_be_reported(tab: Tab, services: Container, kind: str, key: str) -> None:
    with transaction() as session:
        user = make_user(session)
    sign_in(tab, user.id)
    await tab.do(ReportState.open, kind=kind, key=key, title="x")
    with pytest.raises(NotFound):
        await tab.do(ReportState.send, form={"reason": "spam", "details": ""})


async def test_a_mails_link_shows_the_decision_and_takes_the_appeal_of_nobody_signed_in(
    tab: Tab, suspended: Listing, services: Container
) -> None:
    link = appeal_link(UUID(act_id()), services.settings, utc_now())
    path = f"/appeal?{urlsplit(link).query}"
    await tab.do(AppealState.load, path=path)
    assert (tab.seen("notice")[-1].title, tab.seen("notice")[-1].can_appeal) == ("Habits", True)
    await tab.do(AppealState.appeal, path=path, form={"text": "It is not."})
    assert (tab.seen("notice")[-1].appeal, tab.seen("notice")[-1].appeal_text) == ("open", "It is not.")
    assert not tab.errors


async def test_a_forged_link_shows_nothing_and_says_so(tab: Tab, suspended: Listing, services: Container) -> None:
    path = f"/appeal?token={'A' * 70}"
    await tab.do(AppealState.load, path=path)
    assert "not whole" in tab.seen("problem")[-1]
    with pytest.raises(NotAllowed):
        await tab.do(AppealState.appeal, path=path, form={"text": ""})
