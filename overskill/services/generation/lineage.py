"""How an app came to be what it is, from its versions: for what a model is told about the turns before."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.models import FileBlob, VersionFile
from overskill.services.generation.events import Past, PastVersion
from overskill.services.generation.past import first_version_told


def read_past(session: Session, app_id: UUID, current: int, files: Mapping[str, str]) -> Past:
    """`files` are those of version `current`. Reads which paths each version changed, and the texts of the few since
    the version that is told first."""
    rows = session.exec(
        select(VersionFile.number, VersionFile.path, VersionFile.checksum)
        .where(VersionFile.app_id == app_id, col(VersionFile.number) <= current)
        .order_by(col(VersionFile.number), VersionFile.path)
    ).all()
    base = first_version_told(current)
    by_version: dict[int, dict[str, str | None]] = defaultdict(dict)
    for number, path, checksum in rows:
        by_version[number][path] = checksum
    later = {path for number, changed in by_version.items() if number > base for path in changed}
    before = {path: checksum for number, path, checksum in rows if number <= base and path in later}
    needed = {checksum for number, changed in by_version.items() if number > base for checksum in changed.values()}
    texts = _texts(session, {checksum for checksum in (*before.values(), *needed) if checksum})
    told = {path: content for path, content in files.items() if path not in later}
    told |= {path: texts[checksum] for path, checksum in before.items() if checksum}
    versions = tuple(
        PastVersion(
            number,
            tuple(changed),
            {path: texts[checksum] for path, checksum in changed.items() if checksum} if number > base else {},
        )
        for number, changed in sorted(by_version.items())
    )
    return Past(base, told, versions)


def _texts(session: Session, checksums: set[str]) -> dict[str, str]:
    if not checksums:
        return {}
    statement = select(FileBlob.checksum, FileBlob.content).where(col(FileBlob.checksum).in_(sorted(checksums)))
    return dict(session.exec(statement).all())
