"""What a turn did, written down twice: at once into the live log, and in order into Postgres.

The log has every piece of every file, so that a page shows a file being written. The rows have what is
complete, so that a turn survives the death of its worker. Both are fenced by the attempt number: a run
that was overtaken raises Superseded at its next write.
"""

import time
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from overskill.db import transaction
from overskill.models import Generation, GenerationEvent, GenerationStatus
from overskill.models.base import utc_now
from overskill.services.apps.files import checksum, store_blobs
from overskill.services.billing.receipts import add_usage
from overskill.services.generation.events import Event, Kind
from overskill.services.generation.requests import turn_topic
from overskill.services.heartbeat import Superseded
from overskill.services.progress import ProgressLog

COALESCE_SECONDS = 0.04  # at most 25 writes a second to the log (reference: what a browser still paints)
_LIVE_ONLY = frozenset({"step", "preview"})  # the row has the steps; which state was shown matters only then
_MADE_DURABLE = frozenset({Kind.CLOSE, Kind.DELETE, Kind.RENAME, Kind.BRIEF, Kind.PLAN, Kind.QUESTIONS})
_AMOUNTS = ("tokens_in", "tokens_out", "tokens_cached", "cost_micro")


class TurnRecorder:
    def __init__(self, generation_id: UUID, attempt: int, log: ProgressLog) -> None:
        self.generation_id = generation_id
        self.attempt = attempt
        self.prose: list[str] = []
        self.model = ""  # that answered last
        self._log = log
        self._live: list[dict[str, Any]] = []
        self._live_since = 0.0
        self._rows: list[tuple[str, dict[str, Any]]] = []
        self._contents: list[str] = []
        self._prose_part: list[str] = []
        self._usage: list[Mapping[str, Any]] = []
        self._columns: dict[str, Any] = {}
        self._stands_apart = False

    def begin_paragraph(self) -> None:
        """What comes next is said by an author who does not know how the last words ended."""
        self._stands_apart = True

    def take(self, event: Event) -> None:
        """Write down one event that was accepted."""
        match event.kind:
            case Kind.PROSE:
                text = f"\n\n{event.text}" if self._stands_apart and self.prose else event.text
                self._stands_apart = False
                self.prose.append(text)
                self._prose_part.append(text)
                self._show({"k": "prose", "text": text})
            case Kind.DELTA:
                self._show({"k": "delta", "path": event.path, "text": event.text})
            case Kind.OPEN:
                self._show({"k": "open", "path": event.path})
            case Kind.CLOSE:
                lines = event.text.count("\n") + 1
                self._contents.append(event.text)
                self._keep(Kind.CLOSE, path=event.path, checksum=checksum(event.text), lines=lines)
            case Kind.USAGE:
                self.model = str(event.data.get("model") or self.model)[:120]
                self._usage.append(event.data)
            case _:
                data = dict(event.data)
                if event.path:
                    data["path"] = event.path
                if event.text:
                    data["text"] = event.text
                self._keep(event.kind, **data)

    def note(self, kind: str, /, **data: object) -> None:
        """Write down something of the pipeline's own: a step, a repair, a check."""
        self._keep(kind, **data)

    def set(self, **columns: object) -> None:
        """Have these columns of the turn's row at the next flush."""
        self._columns |= columns

    def _keep(self, kind: str, /, **data: object) -> None:
        if kind not in _LIVE_ONLY:
            self._end_prose_part()
            self._rows.append((str(kind), data))
        self._show({"k": str(kind), **data})
        if kind in _MADE_DURABLE:
            self.flush()

    def _show(self, entry: dict[str, Any]) -> None:
        last = self._live[-1] if self._live else {}
        if entry["k"] in ("prose", "delta") and last.get("k") == entry["k"] and last.get("path") == entry.get("path"):
            last["text"] += entry["text"]
        else:
            self._live.append(entry)
        now = time.monotonic()
        if now - self._live_since >= COALESCE_SECONDS:
            self.flush_live()

    def flush_live(self) -> None:
        """Send what is waiting to the live log."""
        self._live_since = time.monotonic()
        if self._live:
            entries, self._live = self._live, []
            self._log.write(turn_topic(self.generation_id), *entries)

    def _end_prose_part(self) -> None:
        if self._prose_part:
            self._rows.append((Kind.PROSE, {"text": "".join(self._prose_part)}))
            self._prose_part = []

    def flush(self) -> None:
        """Make everything so far durable. Raises Superseded."""
        self._end_prose_part()
        with transaction() as session:
            self.beat(session)
            rows, self._rows = self._rows, []
            contents, self._contents = self._contents, []
            store_blobs(session, contents)
            if rows:
                last = session.exec(
                    select(func.max(GenerationEvent.seq)).where(GenerationEvent.generation_id == self.generation_id)
                ).one()
                for seq, (kind, data) in enumerate(rows, start=(last or 0) + 1):
                    session.add(GenerationEvent(generation_id=self.generation_id, seq=seq, kind=kind, data=data))
            self._save_columns(session)
        self.flush_live()

    def _save_columns(self, session: Session) -> None:
        if not (self._usage or self._columns):
            return
        usage, self._usage = self._usage, []
        columns, self._columns = self._columns, {}
        row = session.get_one(Generation, self.generation_id)
        for name, value in columns.items():
            setattr(row, name, value)
        for used in usage:
            row.usage = add_usage(row.usage, used)
            for name in _AMOUNTS:
                setattr(row, name, getattr(row, name) + int(used.get(name) or 0))
        row.model = self.model or row.model
        session.add(row)

    def beat(self, session: Session) -> None:
        """Say that this attempt is alive, and hold its fence. Raises Superseded."""
        alive = session.exec(
            update(Generation)
            .where(
                col(Generation.id) == self.generation_id,
                col(Generation.attempt) == self.attempt,
                col(Generation.status) == GenerationStatus.RUNNING,
            )
            .values(last_progress_at=utc_now())
        )
        if alive.rowcount == 0:
            raise Superseded
