"""Checking a release: the job with fakes for the bundler and the browser."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from sqlmodel import Session, select

from overskill.bundler.setup import Installation
from overskill.checker.launcher import LocalChecker, axe_of
from overskill.clients.bundler import BuildFailed, Diagnostic, FakeBundler, Finding
from overskill.clients.checker import BrowserReport, FakeChecker, Problem
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.mail import FakeMail
from overskill.container import Container
from overskill.db import transaction
from overskill.models import (
    App,
    CreatorProfile,
    LicenseKind,
    Listing,
    ListingStatus,
    Release,
    ReleaseStatus,
    Report,
    VersionCause,
    utc_now,
)
from overskill.services.apps import save_version, write_files
from overskill.services.market.checking import sweep_releases
from overskill.services.market.desk import view_parts
from overskill.services.market.house import make_house_listing, offerings
from overskill.services.market.proofs import Proof, proof_of
from overskill.services.market.release_telling import release_topic
from overskill.services.market.releases import make_release
from overskill.services.market.spelling import correct
from tests.market_rows import make_creator, make_listing, make_offer
from tests.support_browser import find_browser
from tests.support_bundler import builds, bundler_installation

__all__ = ["bundler_installation"]

Work = Callable[[], int]


def png() -> bytes:
    result = io.BytesIO()
    Image.linear_gradient("L").resize((1280, 800)).save(result, "PNG")
    return result.getvalue()


def submitted(services: Container, *, status: ListingStatus = ListingStatus.REVIEW) -> tuple[UUID, UUID]:
    """A listing whose app has a second version, which is to be checked."""
    with transaction() as session:
        listing = make_listing(session, status=status)
        if status is ListingStatus.REVIEW:
            session.delete(session.get_one(Release, listing.release_id))
            listing.release_id = None
        app = session.get_one(App, listing.app_id)
        write_files(session, app.id, {"src/App.tsx": "export default function App() { return <main>Two</main>; }\n"})
        save_version(session, app, note="Two", cause=VersionCause.EDIT, author_id=app.creator_id)
        release = make_release(session, listing, notes="", queue=services.queue)
        return listing.id, release.id


def rows(session: Session, listing_id: UUID, release_id: UUID) -> tuple[Listing, Release]:
    return session.get_one(Listing, listing_id), session.get_one(Release, release_id)


def test_a_release_that_passes_is_published_with_its_proof(services: Container, work: Work) -> None:
    assert isinstance(services.checker, FakeChecker)
    services.checker.reports = [BrowserReport(routes=("/",), screenshot=png())]
    ids = submitted(services)
    work()
    with transaction() as session:
        listing, release = rows(session, *ids)
        assert (listing.status, listing.release_id) == (ListingStatus.PUBLISHED, release.id)
        assert (release.status, release.released_at is not None) == (ReleaseStatus.READY, True)
        proof = proof_of(session, release, listing.app_id)
        assert proof is not None
        assert {check.name: check.result for check in proof.checks} == {
            "types": "passed",
            "lint": "passed",
            "build": "passed",
            "security": "passed",
            "browser": "passed",
            "acceptance": "skipped",
            "packages": "passed",
        }
        assert proof.performance is not None
        assert proof.accessibility is not None
        assert proof.screenshot == release.screenshot != ""
        assert proof == Proof.from_json(proof.to_json())
    lines = [entry["text"] for entry in services.progress.tail(release_topic(ids[1]))]
    assert lines[0].startswith("Version 2:")
    assert "performance 100" in lines[-1]


def test_who_waits_is_told_how_long_checks_take_here(services: Container, work: Work) -> None:
    listing_id, release_id = submitted(services)

    def told(session: Session) -> int:
        listing = session.get_one(Listing, listing_id)
        return view_parts(
            session, session.get_one(CreatorProfile, listing.creator_id).user_id, listing.slug
        ).usual_seconds

    with transaction() as session:
        assert told(session) == 0  # nothing was checked here yet
        session.get_one(Release, release_id).created_at = utc_now() - timedelta(seconds=40)
    work()
    with transaction() as session:
        assert told(session) == 0  # nobody waits
        session.add(Release(listing_id=listing_id, number=9, version=2, status=ReleaseStatus.CHECKING))
        session.flush()
        assert 40 <= told(session) < 60


def test_it_is_found_at_once_also_misspelt(services: Container, work: Work) -> None:
    listing_id, _ = submitted(services)
    work()
    with transaction() as session:
        listing = session.get_one(Listing, listing_id)
        assert session.get_one(CreatorProfile, listing.creator_id).listing_count == 1
        assert correct(session, "habbits") == listing.title.lower()


def test_its_creator_hears_of_it_by_mail(services: Container, work: Work) -> None:
    submitted(services)
    work()
    assert isinstance(services.mail, FakeMail)
    assert [message.subject for message in services.mail.messages] == ["Habits is published"]


def test_without_a_browser_scores_are_absent_and_the_proof_says_so(services: Container, work: Work) -> None:
    assert isinstance(services.checker, FakeChecker)
    services.checker.is_missing = True
    ids = submitted(services)
    work()
    with transaction() as session:
        listing, release = rows(session, *ids)
        assert listing.status is ListingStatus.PUBLISHED
        proof = Proof.from_json(release.proof)
        assert (proof.performance, proof.accessibility, proof.screenshot) == (None, None, "")
        assert proof.not_checked[0].startswith("Not run in a browser: There is no Chromium")
        assert not proof.is_complete


def test_a_proof_is_void_once_the_version_holds_something_else(services: Container, work: Work) -> None:
    listing_id, release_id = submitted(services)
    work()
    with transaction() as session:
        listing, release = rows(session, listing_id, release_id)
        app = session.get_one(App, listing.app_id)
        app.current_version = 1
        write_files(session, app.id, {"src/App.tsx": "export const other = 1;\n"})
        session.connection().exec_driver_sql("delete from version_files where number = 2")
        assert proof_of(session, release, listing.app_id) is None


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (BrowserReport(problems=(Problem("crash", "Uncaught TypeError: x", "/tasks"),)), "at /tasks: Uncaught"),
        (BrowserReport(problems=(Problem("blank", "Nothing is shown."),)), "Nothing is shown."),
    ],
    ids=["crash", "blank"],
)
def test_what_fails_in_a_browser_goes_back_with_what_to_mend(
    services: Container, work: Work, report: BrowserReport, words: str
) -> None:
    assert isinstance(services.checker, FakeChecker)
    services.checker.reports = [report]
    ids = submitted(services)
    work()
    with transaction() as session:
        listing, release = rows(session, *ids)
        assert release.status is ReleaseStatus.REFUSED
        assert words in release.error
        assert (listing.status, listing.status_reason) == (ListingStatus.DRAFT, release.error)


def test_a_version_with_a_critical_finding_is_refused(services: Container, work: Work) -> None:
    assert isinstance(services.bundler, FakeBundler)
    services.bundler.findings = (Finding("eval", "critical", "src/App.tsx", 3, 1, "It runs text as code.", "Don't."),)
    ids = submitted(services)
    work()
    with transaction() as session:
        _, release = rows(session, *ids)
        assert release.error == "src/App.tsx, line 3 is unsafe: It runs text as code. Don't."


def test_a_refused_update_leaves_what_is_sold(services: Container, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise BuildFailed.of((Diagnostic("src/App.tsx", "Unexpected token", 1, code="syntax"),))

    monkeypatch.setattr(services.bundler, "build", fail)
    listing_id, release_id = submitted(services, status=ListingStatus.PUBLISHED)
    work()
    with transaction() as session:
        listing, release = rows(session, listing_id, release_id)
        assert (listing.status, release.status) == (ListingStatus.PUBLISHED, ReleaseStatus.REFUSED)
        assert listing.release_id not in (None, release.id)
        assert "src/App.tsx:1: Unexpected token" in release.error


def test_an_update_takes_the_place_of_the_release_before(services: Container, work: Work) -> None:
    listing_id, release_id = submitted(services, status=ListingStatus.PUBLISHED)
    work()
    with transaction() as session:
        listing, release = rows(session, listing_id, release_id)
        before = session.exec(select(Release).where(Release.listing_id == listing_id, Release.number == 1)).one()
        assert (listing.release_id, before.status) == (release.id, ReleaseStatus.REPLACED)


def test_access_to_an_app_that_is_not_live_is_not_sold(services: Container, work: Work) -> None:
    ids = submitted(services)
    with transaction() as session:
        make_offer(session, session.get_one(Listing, ids[0]), license=LicenseKind.USE)
    work()
    with transaction() as session:
        _, release = rows(session, *ids)
        assert (release.status, "not live" in release.error) == (ReleaseStatus.REFUSED, True)


def test_what_was_taken_back_meanwhile_can_be_submitted_again(services: Container, work: Work) -> None:
    ids = submitted(services)
    with transaction() as session:
        session.get_one(Listing, ids[0]).status = ListingStatus.DRAFT
    work()
    with transaction() as session:
        listing, _ = rows(session, *ids)
        assert listing.release_id is None
        make_release(session, listing, notes="", queue=services.queue)


def test_a_copy_of_somebody_elses_listing_waits_with_evidence(services: Container, work: Work) -> None:
    code = "\n".join(
        f"export function p{n}(a: number) {{ if (a > {n}) {{ return a * {n}; }} for (const b of [a]) {{ a += b; }} }}"
        for n in range(12)
    )
    first, second = submitted(services), submitted(services)
    with transaction() as session:
        for listing_id, _ in (first, second):
            app = session.get_one(App, session.get_one(Listing, listing_id).app_id)
            write_files(session, app.id, {"src/parts.ts": code})
            save_version(session, app, note="Three", cause=VersionCause.EDIT, author_id=app.creator_id)
        for _, release_id in (first, second):
            session.get_one(Release, release_id).version = 3
    work()
    with transaction() as session:
        stands = [session.get_one(Listing, listing_id).status for listing_id, _ in (first, second)]
        assert stands == [ListingStatus.PUBLISHED, ListingStatus.REVIEW]
        report = session.exec(select(Report)).one()
        assert (report.subject_id, report.reporter_id) == (second[0], None)
        assert report.details.startswith("100% of the code is that of “Habits” by Ada Lovelace")


def test_with_staff_review_a_checked_listing_waits(services: Container, work: Work) -> None:
    object.__setattr__(services, "settings", services.settings.model_copy(update={"market_review": "staff"}))
    ids = submitted(services)
    work()
    with transaction() as session:
        listing, release = rows(session, *ids)
        assert (listing.status, release.status) == (ListingStatus.REVIEW, ReleaseStatus.READY)
        assert "staff" in listing.status_reason


def test_a_check_that_was_lost_is_begun_again_and_given_up_in_the_end(services: Container) -> None:
    assert isinstance(services.queue, FakeJobQueue)
    _, release_id = submitted(services)
    services.queue.enqueued.clear()

    def sweep(attempt: int) -> None:
        with transaction() as session:
            row = session.get_one(Release, release_id)
            row.attempt, row.last_progress_at = attempt, utc_now() - timedelta(minutes=1)
        with transaction() as session:
            assert sweep_releases(session, services.queue, services.progress) == 1

    sweep(attempt=1)
    assert [job for job, _, _ in services.queue.enqueued] == ["overskill.jobs.market.check_release"]
    sweep(attempt=3)
    with transaction() as session:
        row = session.get_one(Release, release_id)
        assert (row.status, row.error[:27]) == (ReleaseStatus.REFUSED, "The check was begun 3 times")


def test_what_could_not_be_reached_is_tried_again(
    services: Container, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = submitted(services)
    with monkeypatch.context() as away:
        away.setattr(services.bundler, "is_down", True)
        work()
    with transaction() as session:
        _, release = rows(session, *ids)
        assert (release.status, release.attempt) == (ReleaseStatus.CHECKING, 1)
        release.last_progress_at = utc_now() - timedelta(minutes=1)
    with transaction() as session:
        sweep_releases(session, services.queue, services.progress)
    work()
    with transaction() as session:
        _, release = rows(session, *ids)
        assert (release.status, release.attempt) == (ReleaseStatus.READY, 2)


def test_the_creators_own_listings_may_be_alike(services: Container, work: Work) -> None:
    with transaction() as session:
        creator = make_creator(session)
        make_listing(session, creator)
    ids = submitted(services)
    with transaction() as session:
        session.get_one(Listing, ids[0]).creator_id = creator.id
    work()
    with transaction() as session:
        assert session.get_one(Listing, ids[0]).status is ListingStatus.PUBLISHED


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(find_browser() is None, reason="no Chromium on this machine")
def test_an_app_of_the_house_passes_in_a_real_browser(
    services: Container, work: Work, bundler_installation: Installation, tmp_path: Path
) -> None:
    checker = LocalChecker(
        lambda: find_browser() or Path(),
        tmp_path,
        must_lock_in=False,
        seconds=300,
        axe=axe_of(bundler_installation.tools),
    )
    object.__setattr__(services, "checker", checker)
    object.__setattr__(services.bundler, "build", builds(bundler_installation, tmp_path))
    make_house_listing(offerings()[0].slug, queue=services.queue, settings=services.settings)
    work()
    with transaction() as session:
        listing = session.exec(select(Listing)).one()
        assert (listing.status, listing.cover != "") == (ListingStatus.PUBLISHED, True)
        proof = Proof.from_json(session.get_one(Release, listing.release_id).proof)
        assert [check.name for check in proof.checks if check.result == "failed"] == []
        assert proof.accessibility is not None
        assert proof.accessibility.value >= 90
        assert [one for one in proof.barriers if one.impact in ("critical", "serious")] == []
        assert proof.first_load is not None
        assert proof.first_load.brotli < 250_000
