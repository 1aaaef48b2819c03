"""What a turn did to the files: how many lines came and went in each, and their texts to compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import NotFound
from overskill.models import FileBlob, VersionFile
from overskill.services.apps.files import checksum
from overskill.services.apps.line_counts import count_lines
from overskill.services.apps.versions import held_files
from overskill.services.generation.follow import turn_to_read
from overskill.starter import starter_files


@dataclass(frozen=True, slots=True)
class TurnFile:
    """`before` and `after` are checksums. None: it was not there, or is gone."""

    path: str
    before: str | None
    after: str | None
    added: int  # lines
    removed: int


@dataclass(frozen=True, slots=True)
class TurnFileTexts:
    path: str
    before: str | None
    after: str | None


def turn_files(session: Session, user_id: UUID, turn_id: UUID) -> list[TurnFile]:
    """Of the version that a turn made; none if it made none. Raises NotFound."""
    checksums = _changes(session, user_id, turn_id)
    wanted = {each for pair in checksums.values() for each in pair if each}
    texts = dict(
        session.exec(select(FileBlob.checksum, FileBlob.content).where(col(FileBlob.checksum).in_(wanted))).all()
    )
    files = []
    for path, (before, after) in checksums.items():
        added, removed = count_lines(texts.get(before or "", ""), texts.get(after or "", ""))
        files.append(TurnFile(path, before, after, added, removed))
    return files


def turn_file_texts(session: Session, user_id: UUID, turn_id: UUID, path: str) -> TurnFileTexts:
    """One of those files, as it was before the turn and after it. Raises NotFound."""
    pair = _changes(session, user_id, turn_id).get(path)
    if pair is None:
        raise NotFound(f"This turn did not change {path}.")
    texts = dict(
        session.exec(select(FileBlob.checksum, FileBlob.content).where(col(FileBlob.checksum).in_(pair))).all()
    )
    before, after = pair
    return TurnFileTexts(path, texts.get(before or ""), texts.get(after or ""))


def _changes(session: Session, user_id: UUID, turn_id: UUID) -> Mapping[str, tuple[str | None, str | None]]:
    """path -> its checksum before and after."""
    turn = turn_to_read(session, user_id, turn_id)
    if turn.version is None:
        return {}
    after = session.exec(
        select(VersionFile.path, VersionFile.checksum)
        .where(VersionFile.app_id == turn.app_id, VersionFile.number == turn.version)
        .order_by(VersionFile.path)
    ).all()
    paths = [path for path, _ in after]
    before = dict(session.execute(held_files(turn.app_id, turn.version - 1, paths)).all())
    if turn.version == 1:  # it began with the starter, which no version holds
        before = {path: checksum(text) for path, text in starter_files().items()}
    return {path: (before.get(path), now) for path, now in after if before.get(path) != now}
