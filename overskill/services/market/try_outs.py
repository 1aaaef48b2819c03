"""Trying a listing before it is bought: a copy of the release at an address of its own, for one visitor and a while.

It is published in the preview environment under a name that nobody can guess. Its own origin has its own data, which
the app seeds as it does for anybody; of the seller's app it has the files and the public variables of that
environment, and nothing else: no secret, no store, no usage that would be counted there.
"""

import hashlib
import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import Select, and_, delete, func, or_, select
from sqlmodel import Session, col

from overskill import bundler
from overskill.clients.bundler import Asset, Bundle
from overskill.clients.edge import Upload
from overskill.clients.variables import without_values
from overskill.config import Settings
from overskill.db import transaction
from overskill.errors import Conflict, NotFound, OverskillError, Unavailable
from overskill.models import App, DeploymentEnvironment, Listing, ListingStatus, Release, TryOut, utc_now
from overskill.services.accounts.sessions import SignedIn
from overskill.services.apps.env_vars import public_variables, variables_file
from overskill.services.apps.versions import version_files
from overskill.services.builds import check_budget, with_content_types
from overskill.services.builds.inputs import build_key
from overskill.services.deployments.addresses import address_of
from overskill.services.deployments.publisher import Publisher
from overskill.services.market.cards import is_shown
from overskill.services.market.listing_page import check_view, read_facts

MOST_ALIVE = 60  # on this instance: before one more is made, the oldest is ended
MOST_OF_A_VISITOR = 3
KEPT_FOR = timedelta(days=7)  # rows of what is over
_PLACE = DeploymentEnvironment.PREVIEW
_PAGE = "/index.html"
_NOINDEX = b'<meta name="robots" content="noindex, nofollow" />'
_STORAGE = Path(bundler.__file__).parent / "runtime" / "storage.js"
_HEAD_BEGINS = re.compile(rb"<head(\s[^>]*)?>", re.IGNORECASE)
_DOCTYPE = re.compile(rb"\s*<!doctype[^>]*>", re.IGNORECASE)
_FAILED = "Your copy could not be made. Try again in a moment."
_ENDED_MEANWHILE = "Your copy was taken down while it was being made. Reload the page, then try again."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TryOutView:
    id: UUID
    listing_id: UUID
    was_made: bool  # just now; else the visitor had it already
    url: str
    expires_at: datetime


@dataclass(frozen=True)
class _Copy:
    """What is to be made."""

    id: UUID
    listing_id: UUID
    app_id: UUID
    script: str
    number: int
    files: Mapping[str, str]
    variables: Mapping[str, str]
    expires_at: datetime


def visitor_hash(who: str) -> str:
    """Whose a copy is: an account's id, or what a tab calls itself. Only this is stored."""
    return hashlib.sha256(f"try-out {who}".encode()).hexdigest()


def open_try_out(slug: str, viewer: SignedIn | None, visitor: str, publisher: Publisher) -> TryOutView:
    """This visitor's copy: the one they have, or another one. `visitor` is of `visitor_hash`.

    Raises NotFound for what they may not see, Conflict for what can't be tried, and what building and the edge raise.
    """
    with transaction() as session:
        copy = _claim(session, slug, viewer, visitor, publisher.settings)
        if isinstance(copy, TryOutView):
            return copy
        crowd = _too_many(session, visitor)
    for script in crowd:
        _take_down(script, publisher)
    try:
        _publish(copy, publisher)
    except Exception as error:
        _fail(copy, error.message if isinstance(error, OverskillError) else _FAILED)
        raise
    url = address_of(publisher.settings, _PLACE, copy.script)
    with transaction() as session:
        row = session.get_one(TryOut, copy.id, with_for_update=True)
        is_over = row.ended_at is not None
        row.url = url
        session.add(row)
    if is_over:  # suspended meanwhile, or in the way of others: what took it down found nothing to take
        _take_down(copy.script, publisher)
        raise Conflict(_ENDED_MEANWHILE)
    return TryOutView(copy.id, copy.listing_id, was_made=True, url=url, expires_at=copy.expires_at)


def end_try_outs(publisher: Publisher) -> int:
    """Take down what is over: its time has come, or its listing is not offered any more. Returns how many."""
    with transaction() as session:
        scripts = list(session.scalars(_over(utc_now())))
        session.execute(delete(TryOut).where(col(TryOut.ended_at) < utc_now() - KEPT_FOR))
    ended = 0
    for script in scripts:
        try:
            _take_down(script, publisher)
        except Unavailable:
            log.warning("a try-out is still shown: the edge does not answer", extra={"script": script})
            break
        ended += 1
    return ended


def _over(now: datetime) -> Select[str]:
    """Its time has come, or what it is of was taken away from visitors meanwhile."""
    is_taken_away = or_(
        col(Listing.status).in_([ListingStatus.SUSPENDED, ListingStatus.WITHDRAWN]),
        and_(col(Listing.status) == ListingStatus.PUBLISHED, ~is_shown()),
    )
    return (
        select(col(TryOut.script))
        .join(Listing, col(Listing.id) == col(TryOut.listing_id))
        .where(col(TryOut.ended_at).is_(None), or_(col(TryOut.expires_at) <= now, is_taken_away))
        .order_by(col(TryOut.expires_at))
        .limit(MOST_ALIVE)
    )


def _claim(
    session: Session, slug: str, viewer: SignedIn | None, visitor: str, settings: Settings
) -> TryOutView | _Copy:
    """What this visitor has, or what is to be made, as a row that nobody is shown yet."""
    facts = read_facts(session, slug, viewer)
    check_view(facts, viewer)
    listing, release = facts.listing, facts.release
    if release is None or listing.app_id is None:
        raise Conflict("There is no version of this app to try yet. Come back once its checks are done.")
    known = session.scalars(
        select(TryOut)
        .where(
            col(TryOut.visitor) == visitor,
            col(TryOut.release_id) == release.id,
            col(TryOut.ended_at).is_(None),
            col(TryOut.expires_at) > utc_now(),
            col(TryOut.url) != "",
        )
        .order_by(col(TryOut.expires_at).desc())
        .limit(1)
    ).first()
    if known is not None:
        return TryOutView(known.id, listing.id, was_made=False, url=known.url, expires_at=known.expires_at)
    row = TryOut(
        listing_id=listing.id,
        release_id=release.id,
        user_id=viewer.id if viewer else None,
        visitor=visitor,
        script=f"try-{secrets.token_hex(12)}",
        expires_at=utc_now() + timedelta(minutes=settings.try_out_minutes),
    )
    session.add(row)
    session.flush()
    return _copy_of(session, row, listing.app_id, release, settings)


def _copy_of(session: Session, row: TryOut, app_id: UUID, release: Release, settings: Settings) -> _Copy:
    if session.get(App, app_id) is None:
        raise NotFound("The files of this app are not here any more.")
    variables = public_variables(session, app_id, _PLACE, settings=settings)
    files = version_files(session, app_id, release.version) | variables_file(variables)
    return _Copy(row.id, row.listing_id, app_id, row.script, release.number, files, variables, row.expires_at)


def _too_many(session: Session, visitor: str) -> list[str]:
    """The scripts that have to go before one more is shown, which is among those that are counted here."""
    alive = select(col(TryOut.script)).where(col(TryOut.ended_at).is_(None)).order_by(col(TryOut.expires_at))
    own = list(session.scalars(alive.where(col(TryOut.visitor) == visitor)))
    over = own[: max(len(own) - MOST_OF_A_VISITOR, 0)]
    count = session.scalar(select(func.count()).select_from(TryOut).where(col(TryOut.ended_at).is_(None))) or 0
    crowd = list(session.scalars(alive.limit(max(count - MOST_ALIVE, 0))))
    return list(dict.fromkeys([*over, *crowd]))


def _publish(copy: _Copy, publisher: Publisher) -> None:
    bundle = _bundle(copy, publisher)
    assets = with_content_types(_to_try(bundle.assets))
    check_budget(assets, script_bytes=sum(map(len, bundle.modules.values())))
    upload = Upload(
        environment=_PLACE,
        script=copy.script,
        app_id=str(copy.id),  # not the seller's: what is stored and counted by it is the visitor's
        version=str(copy.number),
        assets=assets,
        variables=copy.variables,
        modules=bundle.modules,
    )
    publisher.edge.activate(_PLACE, copy.script, publisher.edge.upload(upload))


def _bundle(copy: _Copy, publisher: Publisher) -> Bundle:
    """What the release was built into when it was checked or published; made again where that is not kept."""
    key = build_key(copy.files)
    known = publisher.builds.cache.find(key)
    if known is not None:
        return known
    bundle = publisher.bundler.build(without_values(copy.files), app_id=copy.app_id)
    publisher.builds.cache.keep(key, bundle)
    return bundle


@cache
def _storage_in_frames() -> bytes:
    """As previews do it: browsers may deny storage to what another site frames, and many apps begin by reading it."""
    module = _STORAGE.read_text(encoding="utf-8").replace("export function", "function")
    return f"<script>(() => {{\n{module}\nprovideStorage();\n}})();</script>".encode()


def _to_try(assets: Mapping[str, Asset]) -> dict[str, Asset]:
    """With a page that search engines leave alone, and that can keep something although it stands in a frame."""
    page = assets.get(_PAGE)
    if page is None:
        return dict(assets)
    begins = _HEAD_BEGINS.search(page.content) or _DOCTYPE.match(page.content)
    place = begins.end() if begins else 0
    content = page.content[:place] + _NOINDEX + _storage_in_frames() + page.content[place:]
    return {**assets, _PAGE: Asset(content, page.content_type)}


def _fail(copy: _Copy, words: str) -> None:
    with transaction() as session:
        row = session.get_one(TryOut, copy.id)
        row.error, row.expires_at = words[:300], utc_now()  # what may be there of it is taken down with the others
        session.add(row)


def _take_down(script: str, publisher: Publisher) -> None:
    """Safe to call twice. Raises Unavailable."""
    publisher.edge.remove(_PLACE, script)
    publisher.edge.prune(_PLACE, script, [])
    with transaction() as session:
        for row in session.scalars(select(TryOut).where(col(TryOut.script) == script)):
            row.ended_at = row.ended_at or utc_now()
            session.add(row)
