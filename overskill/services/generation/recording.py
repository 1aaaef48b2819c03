"""What a turn was given and what it heard, word for word: compressed, kept for some days, replayed by replaying.py.

A recording has phases, one for each time the author was asked: to think (`prepare`) or to write (`write`), the latter
with the errors it was told of. Each phase has the calls of models in it, each call what came over the wire.
"""

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Literal
from uuid import UUID

import brotli  # type: ignore[import-untyped]
import orjson
from sqlmodel import Session, col, select

from overskill.clients.bundler import Diagnostic
from overskill.clients.model_tap import tapped
from overskill.clients.objects import ObjectStore
from overskill.db import after_commit
from overskill.errors import NotFound
from overskill.models import TurnRecording
from overskill.models.base import utc_now
from overskill.services.apps.files import checksum
from overskill.services.generation.events import Author, Event, Turn

LARGEST = 32 * 1024 * 1024  # characters heard in one turn; what comes after is not recorded
_LONGEST_MEDIA_TYPE = 100
_QUALITY, _WINDOW = 4, 24  # each request of a turn repeats the one before: a large window finds that


@dataclass
class Tape:
    """Implements clients.model_tap.Tap."""

    phases: list[dict[str, Any]] = field(default_factory=list)
    is_cut: bool = False
    _size: int = 0

    def begin(self, phase: str, **data: object) -> None:
        self.phases.append({"phase": phase, **data, "calls": []})

    def asked(self, model: str, body: Mapping[str, Any]) -> None:
        body = _without_pictures(body)
        if not self._is_full(len(orjson.dumps(body))):
            self.phases[-1]["calls"].append({"model": model, "body": body, "heard": []})

    def heard(self, kind: str, value: object) -> None:
        calls = self.phases[-1]["calls"]
        if calls and not self._is_full(len(str(value))):
            calls[-1]["heard"].append([kind, value])

    def _is_full(self, more: int) -> bool:
        self._size += more
        self.is_cut = self.is_cut or self._size > LARGEST
        return self.is_cut


@dataclass(frozen=True)
class TapedAuthor:
    """The author, overheard."""

    author: Author
    tape: Tape

    @property
    def kind(self) -> Literal["model", "recipe"]:
        return self.author.kind

    def prepare(self, turn: Turn, *, may_ask: bool, must_plan: bool) -> Generator[Event, None, None]:
        self.tape.begin("prepare", may_ask=may_ask, must_plan=must_plan)
        with tapped(self.tape):
            yield from self.author.prepare(turn, may_ask=may_ask, must_plan=must_plan)

    def write(self, turn: Turn) -> Generator[Event, str | None, None]:
        feedback = [_error_json(error) for error in turn.feedback]
        self.tape.begin("write", feedback=feedback, is_again=turn.is_again, completed=list(turn.completed))
        with tapped(self.tape):
            yield from self.author.write(turn)

    def can_repair(self) -> bool:
        return self.author.can_repair()


def _without_pictures(value: Any) -> Any:  # noqa: ANN401  # whatever JSON has
    """Each picture's bytes by their checksum: they are kept where they were sent along."""
    match value:
        case dict():
            return {name: _without_pictures(held) for name, held in value.items()}
        case list() | tuple():
            return [_without_pictures(held) for held in value]
        case str() if value.startswith("data:") and ";base64," in value[:_LONGEST_MEDIA_TYPE]:
            return f"picture:{checksum(value)}"
        case _:
            return value


def _error_json(error: Diagnostic) -> dict[str, Any]:
    return {name: getattr(error, name) for name in Diagnostic.__slots__}


@dataclass(frozen=True)
class Recording:
    inputs: Mapping[str, Any]  # what inputs_of takes of a turn
    phases: list[dict[str, Any]]
    result: Mapping[str, str]  # path -> checksum of every file when the turn was over
    author: str = "model"
    is_cut: bool = False  # it was too long to be kept whole
    taken_back_to: int = 0  # repairs that made it worse were taken back, to what this many `write` phases had made

    def encode(self) -> bytes:
        content = {
            "inputs": self.inputs,
            "phases": self.phases,
            "result": self.result,
            "author": self.author,
            "is_cut": self.is_cut,
            "taken_back_to": self.taken_back_to,
        }
        compressed: bytes = brotli.compress(orjson.dumps(content), quality=_QUALITY, lgwin=_WINDOW)
        return compressed

    @classmethod
    def decode(cls, content: bytes) -> "Recording":
        return cls(**orjson.loads(brotli.decompress(content)))


def inputs_of(turn: Turn) -> dict[str, Any]:
    """What the author was given, without pictures: they are in the recorded requests' place only by name."""
    return {
        "prompt": turn.prompt,
        "app_name": turn.app_name,
        "files": dict(turn.files),
        "history": [[message.author, message.text] for message in turn.history],
        "is_first": turn.is_first,
        "brief": turn.brief.to_json(),
        "plan": list(turn.plan),
        "completed": list(turn.completed),
        "locked": sorted(turn.locked),
    }


def checksums(files: Mapping[str, str]) -> dict[str, str]:
    return {path: checksum(text) for path, text in sorted(files.items())}


def keep_recording(
    session: Session, generation_id: UUID, recording: Recording, objects: ObjectStore, *, days: int
) -> None:
    """Keep it for so many days; a second attempt's replaces the first's. None are kept for no days."""
    if days <= 0:
        return
    content = recording.encode()
    key = f"recordings/{generation_id}.json.br"
    objects.put(key, content)
    expires_at = utc_now() + timedelta(days=days)
    session.merge(TurnRecording(generation_id=generation_id, object_key=key, size=len(content), expires_at=expires_at))


def read_recording(session: Session, generation_id: UUID, objects: ObjectStore) -> Recording:
    """Raises NotFound when it expired, or the turn was never recorded."""
    row = session.get(TurnRecording, generation_id)
    if row is None or row.expires_at < utc_now():
        raise NotFound("There is no recording of that turn: it expired, or recordings are off.")
    return Recording.decode(objects.get(row.object_key))


def forget_recordings(session: Session, objects: ObjectStore) -> int:
    """Delete the ones that expired. Returns how many."""
    expired = session.exec(select(TurnRecording).where(col(TurnRecording.expires_at) < utc_now()).limit(500)).all()
    _delete(session, expired, objects)
    return len(expired)


def forget_recordings_of(session: Session, generation_ids: Iterable[UUID], objects: ObjectStore) -> None:
    """Of turns that are about to be deleted themselves."""
    rows = session.exec(select(TurnRecording).where(col(TurnRecording.generation_id).in_(list(generation_ids)))).all()
    _delete(session, rows, objects)


def _delete(session: Session, rows: Iterable[TurnRecording], objects: ObjectStore) -> None:
    for row in rows:
        session.delete(row)
        after_commit(session, partial(objects.delete, row.object_key))
