"""Submitting a listing in a tab, and the checks of its releases as they happen."""

import threading
from uuid import UUID

import pytest
from sqlmodel import Session, select

from overskill.clients.jobs import FakeJobQueue
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Conflict
from overskill.models import (
    Generation,
    Listing,
    ListingStatus,
    Release,
    ReleaseStatus,
    utc_now,
)
from overskill.services.market import publishing
from overskill.services.market.proofs import Check, Proof, digest_of
from overskill.services.market.release_telling import release_topic
from overskill.services.market.releases import CHECK_JOB, list_releases
from overskill.state import sell_listing
from overskill.state.sell_release import SellReleaseState
from tests.conftest import Tab
from tests.state.selling_tab import fill, join, listing
from tests.support_waiting import until


async def test_a_listing_without_what_it_needs_is_not_submitted(tab: Tab) -> None:
    path = join(tab)
    with pytest.raises(Conflict, match="tagline"):
        await tab.do(SellReleaseState.submit, path=path, form={"notes": ""})
    assert listing().status is ListingStatus.DRAFT


async def test_submitting_begins_the_checks(tab: Tab, services: Container) -> None:
    path = join(tab)
    fill(path)
    future = await tab.fire(SellReleaseState.submit, path=path, form={"notes": "The first."})
    await future
    assert listing().status is ListingStatus.REVIEW
    assert isinstance(services.queue, FakeJobQueue)
    assert [job for job, _, _ in services.queue.enqueued] == [CHECK_JOB]


async def test_the_checks_are_followed_until_they_end(tab: Tab, services: Container) -> None:
    path = join(tab)
    fill(path)
    await (await tab.fire(SellReleaseState.submit, path=path, form={"notes": ""}))
    with transaction() as session:
        release_id = session.exec(select(Release.id)).one()
    services.progress.write(release_topic(release_id), {"text": "Building it"})
    await until(lambda: tab.seen("lines")[-1:] == [["Building it"]])
    with transaction() as session:
        release = session.get_one(Release, release_id)
        release.status, release.error = ReleaseStatus.REFUSED, "It does not compile."
        session.add(release)
    services.progress.ring(release_topic(release_id))
    await until(lambda: tab.seen("is_checking")[-1:] == [False])
    assert tab.seen("releases")[-1][0].error == "It does not compile."


async def test_nobody_else_waits_while_the_words_of_a_listing_are_drawn_at_its_desk(
    tab: Tab, services: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = join(tab)
    fill(path)
    drawn_in: list[int] = []

    def watched(_: str) -> str:
        drawn_in.append(threading.get_ident())
        return f"drawn {len(drawn_in)}"

    monkeypatch.setattr(sell_listing, "description_html", watched)
    await (await tab.fire(SellReleaseState.submit, path=path, form={"notes": ""}))
    submitted = len(drawn_in)
    with transaction() as session:
        release_id = session.exec(select(Release.id)).one()
    services.progress.write(release_topic(release_id), {"text": "Building it"})
    await until(lambda: len(drawn_in) > submitted and tab.seen("lines")[-1:] == [["Building it"]])
    assert submitted == 1
    assert threading.get_ident() not in drawn_in


async def test_what_is_checked_is_told_in_the_answer_that_takes_the_form_away(tab: Tab) -> None:
    """In one behind it the page would have nothing yet for the keyboard to be on."""
    path = join(tab)
    fill(path)
    await (await tab.fire(SellReleaseState.submit, path=path, form={"notes": ""}))
    told = [set().union(*(values for values in delta.values())) for delta in tab.deltas]
    assert any({"status_rx_state_", "is_checking_rx_state_"} <= names for names in told), told


async def test_a_check_that_ends_while_it_is_looked_at_is_shown_as_it_ended(
    tab: Tab, services: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The listing first, then its release: what is drawn in place of the check has the keyboard from then on."""
    path = join(tab)
    fill(path)
    ended: list[UUID] = []

    def ends_in_between(session: Session, listing_id: UUID) -> list[Release]:
        read = list_releases(session, listing_id)
        if read[0].status is ReleaseStatus.CHECKING and not ended:
            ended.append(read[0].id)
            with transaction() as other:
                release = other.get_one(Release, read[0].id)
                publishing.refuse(other, release, ["No."], queue=services.queue, log=services.progress)
        return read

    await (await tab.fire(SellReleaseState.submit, path=path, form={"notes": ""}))
    checking = tab.seen("releases")[-1][0]
    tab.deltas.clear()
    monkeypatch.setattr("overskill.services.market.desk.list_releases", ends_in_between)
    services.progress.ring(release_topic(UUID(checking.id)))
    await until(lambda: tab.seen("is_checking")[-1:] == [False])
    assert ended == [UUID(checking.id)]
    told = [name for delta in tab.deltas for values in delta.values() for name in values]
    assert told.index("status_rx_state_") < told.index("releases_rx_state_")
    assert (tab.seen("status"), tab.seen("releases")[-1][0].status) == (["draft"], "refused")


async def test_a_published_listing_is_withdrawn_and_listed_again(tab: Tab) -> None:
    path = join(tab, status=ListingStatus.PUBLISHED)
    await tab.do(SellReleaseState.withdraw, path=path)
    assert listing().status is ListingStatus.WITHDRAWN
    await tab.do(SellReleaseState.relist, path=path)
    assert listing().status is ListingStatus.PUBLISHED


def refuse_newest(name: str) -> None:
    """As checks do that found something in the code, or in nothing of it."""
    with transaction() as session:
        row = session.exec(select(Listing)).one()
        release = session.exec(select(Release)).one()
        proof = Proof(
            digest_of(session, row.app_id, release.version), release.version, utc_now(), (Check(name, "", "failed"),)
        )
        release.status, release.error, release.proof = ReleaseStatus.REFUSED, "It does not build.", proof.to_json()
        row.status, row.status_reason = ListingStatus.DRAFT, release.error
        session.add(release)
        session.add(row)


async def test_the_studio_is_asked_for_what_the_checks_refused(tab: Tab) -> None:
    path = join(tab, status=ListingStatus.PUBLISHED)
    refuse_newest("build")
    await tab.do(SellReleaseState.open, path=path)
    assert (tab.seen("mends")[-1], tab.seen("is_mended")[-1:]) == ("It does not build.", [])
    await tab.do(SellReleaseState.mend, path=path)
    with transaction() as session:
        asked = session.exec(select(Generation.prompt)).one()
    assert "- It does not build." in asked
    assert "/studio/" in str(tab.events)


async def test_what_no_turn_can_mend_is_not_asked_of_the_studio(tab: Tab) -> None:
    path = join(tab, status=ListingStatus.PUBLISHED)
    refuse_newest("acceptance")
    await tab.do(SellReleaseState.open, path=path)
    assert tab.seen("mends") == []
    with pytest.raises(Conflict):
        await tab.do(SellReleaseState.mend, path=path)
