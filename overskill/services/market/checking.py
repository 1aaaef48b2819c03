"""Checking a release: the platform's own look at exactly the version that is to be sold.

    check_release(release_id, examiner)     the job: proof and fingerprint, then publishing.py decides
    sweep_releases(session, queue)          checks that nobody works on although they are not over

Blocking, for about half a minute. Where there is no browser, what needs one is left out, and the proof says so.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.bundler import Bundle, Bundler, Finding
from overskill.clients.checker import AcceptanceCheck, Checker, Measured
from overskill.clients.jobs import JobQueue
from overskill.clients.objects import ObjectStore
from overskill.clients.variables import with_values
from overskill.config import Settings
from overskill.db import after_commit, transaction
from overskill.errors import OverskillError, Unavailable
from overskill.models import AppVersion, Generation, Listing, Release, ReleaseStatus, utc_now
from overskill.services.apps.findings import scan_version
from overskill.services.apps.versions import version_files
from overskill.services.figures import count_words, size_words
from overskill.services.generation.brief import Brief
from overskill.services.generation.checking import Verdict, check_app
from overskill.services.heartbeat import Superseded, heartbeat
from overskill.services.market import publishing
from overskill.services.market.audit import Audit, audit_packages
from overskill.services.market.duplicates import Lookalike, find_lookalikes, keep_fingerprint
from overskill.services.market.fingerprints import Fingerprint, fingerprint_of
from overskill.services.market.media import Kept, cover_with, draw, keep_picture
from overskill.services.market.proofs import Proof, digest_of
from overskill.services.market.proving import Examination, proof_from, refusals
from overskill.services.market.release_telling import (
    MOST_ATTEMPTS,
    ReleaseClaim,
    ReleaseTelling,
    is_worked_on,
)
from overskill.services.market.releases import CHECK_JOB, CHECK_QUEUE
from overskill.services.packages.shelf import Shelf
from overskill.services.progress import ProgressLog

LOST_AFTER = timedelta(seconds=20)
_MOST_ROUTES = 5  # that axe looks at
_OLDER_TURNS = 20  # that are looked through for what the app promises
_OUR_FAULT = "Something went wrong on our side while the release was checked. Submit it again."
_GIVEN_UP = (
    f"The check was begun {MOST_ATTEMPTS} times, and each time it stopped in the middle. Submit it again later; "
    "if it goes on, ask who runs this instance to look at its log."
)


@dataclass(frozen=True)
class Examiner:
    """What checking needs of the world."""

    bundler: Bundler
    checker: Checker
    shelf: Shelf
    objects: ObjectStore
    log: ProgressLog
    queue: JobQueue
    settings: Settings


def check_release(release_id: UUID, examiner: Examiner) -> None:
    """Ends ready or refused, and says so on the row; safe to call twice. What can't be reached is tried again."""
    with transaction() as session:
        claim = _claim(session, release_id)
    if claim is None:
        return
    told = ReleaseTelling(claim, examiner.log)
    try:
        with heartbeat(told.beat):
            examined = _examine(claim, told, examiner)
            _conclude(claim, told, examiner, examined)
    except Superseded:
        return
    except Unavailable as error:
        if claim.is_last:
            _refuse(told, examiner, error.message)
        else:
            with suppress(Superseded):
                told.line(f"{error.message} It is tried again in a moment.")
    except OverskillError as error:
        _refuse(told, examiner, error.message)
    except Exception:
        _refuse(told, examiner, _OUR_FAULT)
        raise


def sweep_releases(session: Session, queue: JobQueue, log: ProgressLog) -> int:
    """Enqueue again what was lost between commit and enqueue, or whose worker died. Returns how many."""
    now = utc_now()
    stuck = session.exec(
        select(Release)
        .where(Release.status == ReleaseStatus.CHECKING, Release.last_progress_at < now - LOST_AFTER)
        .limit(50)
        .with_for_update(skip_locked=True)
    ).all()
    for row in stuck:  # what waits in the queue is not put there again, so its clock need not be set back
        if row.attempt >= MOST_ATTEMPTS:
            publishing.refuse(session, row, [_GIVEN_UP], queue=queue, log=log)
        else:
            after_commit(session, partial(queue.enqueue, CHECK_JOB, str(row.id), queue=CHECK_QUEUE))
    return len(stuck)


def _claim(session: Session, release_id: UUID) -> ReleaseClaim | None:
    row = session.get(Release, release_id, with_for_update=True)
    if row is None or row.status is not ReleaseStatus.CHECKING or is_worked_on(row):
        return None
    listing = session.get_one(Listing, row.listing_id)
    if listing.app_id is None:
        row.status, row.error = ReleaseStatus.REFUSED, "The app was deleted before it was checked."
        session.add(row)
        return None
    row.attempt += 1
    row.last_progress_at = utc_now()
    row.files_hash = digest_of(session, listing.app_id, row.version)
    session.add(row)
    files = version_files(session, listing.app_id, row.version)
    checks = _promises(session, listing.app_id, row.version)
    return ReleaseClaim(row.id, row.attempt, listing.app_id, row.version, files, row.files_hash, checks)


def _promises(session: Session, app_id: UUID, version: int) -> tuple[AcceptanceCheck, ...]:
    """The acceptance checks of the newest turn behind this version that had any."""
    briefs = session.exec(
        select(Generation.brief)
        .join(AppVersion, col(AppVersion.generation_id) == Generation.id)
        .where(AppVersion.app_id == app_id, AppVersion.number <= version)
        .order_by(col(AppVersion.number).desc())
        .limit(_OLDER_TURNS)
    )
    return next((checks for brief in briefs if brief and (checks := Brief.from_json(brief).checks)), ())


def _examine(claim: ReleaseClaim, told: ReleaseTelling, examiner: Examiner) -> Examination:
    told.line(f"Version {claim.version}: {count_words(len(claim.files), 'file')}. Looking for unsafe code")
    hazards: Sequence[Finding] = scan_version(claim.app_id, claim.version, examiner.bundler)
    told.line("Reading types and code, building for production, and opening it in a browser")
    verdict = check_app(
        claim.files, claim.checks, bundler=examiner.bundler, checker=examiner.checker, app_id=claim.app_id
    )
    if verdict.bundle is None and not verdict.build_errors:
        raise Unavailable(verdict.why_skipped)
    if verdict.report is not None:
        told.line(_browser_words(verdict))
    measured, why_unmeasured = _measured(claim, verdict, told, examiner)
    told.line("Looking up its packages")
    audit: Audit = audit_packages(claim.files, examiner.shelf, utc_now())
    return Examination(verdict, tuple(hazards), measured, why_unmeasured, audit)


def _measured(
    claim: ReleaseClaim, verdict: Verdict, told: ReleaseTelling, examiner: Examiner
) -> tuple[Measured | None, str]:
    """Why not, where it was not."""
    if verdict.bundle is None or verdict.report is None:
        return None, verdict.why_skipped or "It does not build, so it could not be opened in a browser."
    told.line("Measuring how fast it is on a slow phone, and whether everybody can use it")
    bundle: Bundle = with_values(verdict.bundle, claim.files)
    try:
        return examiner.checker.measure(bundle, routes=verdict.report.routes[:_MOST_ROUTES]), ""
    except OverskillError as error:
        return None, error.message


def _conclude(claim: ReleaseClaim, told: ReleaseTelling, examiner: Examiner, examined: Examination) -> None:
    picture = examined.verdict.screenshot
    kept = keep_picture(draw(picture), examiner.objects) if picture else None
    screenshot = kept.checksum if kept else ""
    proof = proof_from(examined, claim.files_hash, claim.version, screenshot, utc_now())
    fingerprint = fingerprint_of(claim.files, picture)
    told.line(_summary(proof))
    with transaction() as session:
        row = told.fence(session)
        row.proof, row.screenshot = proof.to_json(), screenshot
        session.add(row)
        if wrong := refusals(examined):
            publishing.refuse(session, row, wrong, queue=examiner.queue, log=examiner.log)
        else:
            _settle(session, row, fingerprint, kept, examiner)


def _settle(session: Session, row: Release, fingerprint: Fingerprint, picture: Kept | None, examiner: Examiner) -> None:
    listing = session.get_one(Listing, row.listing_id, with_for_update=True)
    if picture is not None and not listing.cover:
        cover_with(session, listing, picture)
    alike: list[Lookalike] = find_lookalikes(session, listing, fingerprint)
    keep_fingerprint(session, listing.id, fingerprint)
    publishing.settle(session, listing, row, alike, queue=examiner.queue, log=examiner.log, settings=examiner.settings)


def _refuse(told: ReleaseTelling, examiner: Examiner, why: str) -> None:
    try:
        with transaction() as session:
            publishing.refuse(session, told.fence(session), [why], queue=examiner.queue, log=examiner.log)
    except Superseded:
        return


def _browser_words(verdict: Verdict) -> str:
    results = verdict.report.results if verdict.report else ()
    passed = sum(result.passed for result in results)
    promises = f", {passed} of {len(results)} acceptance checks passed" if results else ""
    return f"Opened in a browser: {'no errors' if verdict.browser != 'failed' else 'something is wrong'}{promises}"


def _summary(proof: Proof) -> str:
    parts = [f"{size_words(proof.first_load.brotli)} before it is there" if proof.first_load else ""]
    parts += [f"performance {proof.performance.value}" if proof.performance else ""]
    parts += [f"accessibility {proof.accessibility.value}" if proof.accessibility else ""]
    return ", ".join(filter(None, parts)) or "Checked"
