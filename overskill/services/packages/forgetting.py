"""Sets of packages that nothing needs any more."""

from datetime import datetime, timedelta

from sqlalchemy import union
from sqlmodel import col, select

from overskill.clients.package_store import PackageStore
from overskill.db import transaction
from overskill.models import AppFile, FileBlob, VersionFile
from overskill.services.packages.named import MANIFEST, added_packages

UNUSED_FOR = timedelta(days=30)
_AT_ONCE = 200  # texts in memory


def forget_unneeded_sets(store: PackageStore, now: datetime) -> int:
    """Those that nobody used for a month and that no app names, as it is or in a version. Returns how many.

    Whatever is open, built or published was found a moment before, which counts as use.
    """
    since = now - UNUSED_FOR
    unused = {frozenset(one.wanted.items()): one.wanted for one in store.unused(since)}
    if not unused:
        return 0
    needed = _needed()
    return sum(store.remove(wanted, unused_since=since) for key, wanted in unused.items() if key not in needed)


def _needed() -> set[frozenset[tuple[str, str]]]:
    """What the package.json of any app, or of any version that could be put back, names."""
    now = select(AppFile.checksum).where(AppFile.path == MANIFEST)
    versions = select(VersionFile.checksum).where(VersionFile.path == MANIFEST)
    held = union(now, versions).subquery()
    texts = select(FileBlob.content).where(col(FileBlob.checksum).in_(select(held.c.checksum)))
    with transaction() as session:
        found = session.scalars(texts.execution_options(yield_per=_AT_ONCE))
        return {frozenset(added_packages({MANIFEST: text}).items()) for text in found}
