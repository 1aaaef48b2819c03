"""The steps of a turn: write, repair, save. Each is visible in the chat while it happens."""

import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import UUID

from sqlmodel import Session

from overskill.clients.bundler import Applied, Bundler, Diagnostic
from overskill.clients.jobs import JobQueue
from overskill.db import after_commit, transaction
from overskill.errors import OverskillError
from overskill.models import (
    App,
    ChatMessage,
    Generation,
    GenerationStatus,
    MessageAuthor,
    VersionCause,
)
from overskill.models.base import utc_now
from overskill.services.apps.files import write_files
from overskill.services.apps.naming import logo_svg
from overskill.services.apps.versions import save_version
from overskill.services.generation.claim import Claim, claim_turn, next_turn
from overskill.services.generation.events import Author, Event, Kind, Turn
from overskill.services.generation.preview import PreviewFeed, show_files
from overskill.services.generation.recorder import TurnRecorder
from overskill.services.generation.requests import app_topic, turn_topic
from overskill.services.generation.staging import EditRefused, Staging
from overskill.services.heartbeat import Superseded, heartbeat
from overskill.services.progress import ProgressLog

MOST_REPAIRS = 3
STOP_CHECK_SECONDS = 0.15
SETTLE_SECONDS = 0.5
KEEP_ENDED_SECONDS = 600  # a long turn takes megabytes of memory; its rows say the same
_IS_SHOWN_AT_ONCE = frozenset({Kind.CLOSE, Kind.DELETE, Kind.RENAME})
_OUR_FAULT = "Something went wrong on our side, and the app was left as it was. Send the message again."


def run_turn(generation_id: UUID, *, author: Author, bundler: Bundler, log: ProgressLog, queue: JobQueue) -> None:
    """Run a turn to its end, whatever that is: succeeded, stopped or failed is written on its row.

    Safe to call twice: one call runs it, the other leaves. A call after a worker's death goes on from what
    was complete.
    """
    with transaction() as session:
        claim = claim_turn(session, generation_id, author)
    if claim is None:
        _leave(generation_id, log, queue)
        return
    run = TurnRun(claim, author, bundler, log)
    try:
        with heartbeat(run.recorder.beat):
            run.execute()
    except Superseded:
        return
    except Exception:
        run.fail(_OUR_FAULT)
        raise
    finally:
        with transaction() as session:
            next_turn(session, claim.app_id, queue)


def _leave(generation_id: UUID, log: ProgressLog, queue: JobQueue) -> None:
    """Nothing to run. If the turn is over, even because it was given up, pages see it and the next one goes on."""
    with transaction() as session:
        turn = session.get(Generation, generation_id)
        if turn is not None and turn.status.is_final:
            next_turn(session, turn.app_id, queue)
            after_commit(session, partial(log.ring, app_topic(turn.app_id)))
    log.ring(turn_topic(generation_id))


@dataclass
class TurnRun:
    """One attempt at one turn."""

    claim: Claim
    author: Author
    bundler: Bundler
    log: ProgressLog
    recorder: TurnRecorder = field(init=False)
    staging: Staging = field(init=False)
    feed: PreviewFeed = field(init=False)
    name: str = field(default="", init=False)
    note: str = field(default="", init=False)
    repairs: int = field(default=0, init=False)
    _edited: str = field(default="", init=False)  # the file whose edits are not shown yet
    _stop: bool = field(default=False, init=False)
    _stop_checked: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self.recorder = TurnRecorder(self.claim.generation_id, self.claim.attempt, self.log)
        self.staging = Staging(self.claim.files)
        self.feed = PreviewFeed(self.bundler, self.claim.preview_key, lambda: self.staging)

    def should_stop(self) -> bool:
        now = time.monotonic()
        if not self._stop and now - self._stop_checked >= STOP_CHECK_SECONDS:
            self._stop_checked = now
            self._stop = self.log.has_flag(turn_topic(self.claim.generation_id))
            self.recorder.flush_live()
        return self._stop

    def execute(self) -> None:
        try:
            self._execute()
        except OverskillError as error:
            self._give_up(error.message)

    def _execute(self) -> None:
        self._resume()
        self.recorder.note("step", name="write", state="active")
        turn = Turn(
            prompt=self.claim.prompt,
            app_name=self.claim.app_name,
            files=self.staging,
            history=self.claim.history,
            is_first=self.claim.is_first,
            completed=tuple(self.staging.changes()),
            should_stop=self.should_stop,
        )
        self._write(turn)
        self.recorder.note("step", name="write", state="done")
        wrong = self._check(turn) if self.staging.changes() else ()
        self._save(wrong, GenerationStatus.STOPPED if self._stop else GenerationStatus.SUCCEEDED)

    def _resume(self) -> None:
        """Take up what an earlier attempt completed, and have the page show just that."""
        for event in self.claim.done:
            self.staging.apply(event)
            self._remember(event)
        if self.claim.attempt > 1:
            self.recorder.prose.append(self.claim.prose)
            self.recorder.note("resumed", prose=self.claim.prose, files=sorted(self.staging.changes()))
        self.feed.push({})

    def _write(self, turn: Turn) -> None:
        """Take the author's events one by one: staged, written down, shown."""
        self.recorder.begin_paragraph()
        events: Generator[Event, str | None, None] = self.author.write(turn)
        refused: str | None = None
        with closing(events):
            while not self.should_stop():
                try:
                    event = events.send(refused)
                except StopIteration:
                    break
                refused = self._take(event)
            else:
                self._settle(events)
        self._show_edits()

    def _settle(self, events: Generator[Event, str | None, None]) -> None:
        """The user asked to stop, and the author is about to: nothing counts any more but what it cost."""
        deadline = time.monotonic() + SETTLE_SECONDS
        for event in events:
            if event.kind is Kind.USAGE:
                self.recorder.take(event)
            if time.monotonic() > deadline:
                return

    def _take(self, event: Event) -> str | None:
        """Returns why the event was refused, if it was."""
        if event.kind is not Kind.EDIT or event.path != self._edited:
            self._show_edits()
        before = dict(self.staging.changes()) if event.kind is Kind.RENAME else {}
        try:
            self.staging.apply(event)
        except EditRefused as refusal:
            self.recorder.note("refused", path=event.path, text=refusal.reason)
            return refusal.reason
        self.recorder.take(event)
        self._remember(event)
        if event.kind is Kind.EDIT:
            self._edited = event.path
        elif event.kind in _IS_SHOWN_AT_ONCE:
            changed = set(self.staging.changes()) ^ set(before) if event.kind is Kind.RENAME else set()
            self._show(changed | {event.path})
        return None

    def _show_edits(self) -> None:
        """The edits of one file that came one after another, as one change: between them it may use what it
        does not import yet, and an app that breaks for a moment loses its state."""
        if self._edited:
            self._show({self._edited})
            self._edited = ""

    def _remember(self, event: Event) -> None:
        if event.kind is Kind.NAME:
            self.name = event.text
            if self.claim.is_first:
                self._name_at_once()
        elif event.kind is Kind.PLAN:
            self.note = str(event.data.get("summary", ""))

    def _name_at_once(self) -> None:
        """An app that is only being made is called by its name from the start; later names come with their version."""
        with transaction() as session:
            app = session.get_one(App, self.claim.app_id, with_for_update=True)
            self.recorder.beat(session)
            self._rename(app)
        self.log.ring(app_topic(self.claim.app_id))

    def _rename(self, app: App) -> None:
        app.name, app.logo = self.name, logo_svg(self.name, app.accent)

    def _show(self, paths: set[str]) -> None:
        changes = self.staging.changes()
        applied = self.feed.push({path: changes.get(path, self.staging.get(path)) for path in paths})
        if applied is not None and not _errors_of(applied):
            self.recorder.note("preview", revision=applied.revision)

    def _check(self, turn: Turn) -> tuple[Diagnostic, ...]:
        """Compile all of it; let the author mend what is wrong, at most three times. Returns what stays wrong."""
        self.recorder.note("step", name="check", state="active")
        wrong = self._errors()
        while wrong and self.author.can_repair() and self.repairs < MOST_REPAIRS and not self.should_stop():
            self.repairs += 1
            self.recorder.note("repair", number=self.repairs, errors=[_sentence(error) for error in wrong[:10]])
            self._write(replace(turn, feedback=wrong, completed=()))
            wrong = self._errors()
        self.recorder.note("step", name="check", state="failed" if wrong else "done", errors=len(wrong))
        return wrong

    def _errors(self) -> tuple[Diagnostic, ...]:
        applied = self.feed.push({}, draft=False)
        return _errors_of(applied) if applied else ()

    def _give_up(self, message: str) -> None:
        """The author could not go on. What it completed counts if it compiles, or if there is nothing older."""
        changes = self.staging.changes()
        try:
            wrong = self._errors() if changes else ()
        except OverskillError:  # the bundler does not take these files: nobody could open them
            changes = {}
        if changes and (self.claim.is_first or not wrong):
            self._save(wrong, GenerationStatus.FAILED, message)
        else:
            self.fail(message)

    def _save(self, wrong: tuple[Diagnostic, ...], status: GenerationStatus, error: str = "") -> None:
        """One transaction: the files, the version, the answer in the chat, the end of the turn."""
        changes = self.staging.changes()
        self.recorder.flush()
        with transaction() as session:
            app = session.get_one(App, self.claim.app_id, with_for_update=True)  # before the turn, as everywhere
            self.recorder.beat(session)
            turn = session.get_one(Generation, self.claim.generation_id)
            if self.name:
                self._rename(app)
            if changes:
                write_files(session, app.id, changes)
                version = save_version(
                    session,
                    app,
                    note=self._version_note(status),
                    cause=VersionCause.GENERATION,
                    author_id=self.claim.user_id,
                    generation_id=turn.id,
                    builds=not wrong,
                )
                turn.version = version.number
            turn.error = error or (f"It does not compile yet: {_sentence(wrong[0])}" if wrong else "")
            turn.repairs = self.repairs
            self._end(session, turn, status)
        self._announce(turn)

    def _version_note(self, status: GenerationStatus) -> str:
        note = self.note or self.claim.prompt.split("\n", 1)[0]
        unfinished = {GenerationStatus.STOPPED: "Stopped: ", GenerationStatus.FAILED: "Unfinished: "}
        return unfinished.get(status, "") + note

    def fail(self, message: str) -> None:
        """End the turn as failed. The app keeps its last version, and the preview shows that again."""
        try:
            self.recorder.flush()
            with transaction() as session:
                session.get_one(App, self.claim.app_id, with_for_update=True)  # before the turn, as everywhere
                self.recorder.beat(session)
                turn = session.get_one(Generation, self.claim.generation_id)
                turn.error = message
                turn.repairs = self.repairs
                self._end(session, turn, GenerationStatus.FAILED)
        except Superseded:
            return
        show_files(self.claim.preview_key, self.claim.files, self.bundler)
        self._announce(turn)

    def _end(self, session: Session, turn: Generation, status: GenerationStatus) -> None:
        turn.status = status
        turn.finished_at = utc_now()
        session.add(turn)
        said = "".join(self.recorder.prose).strip()
        if said:
            session.add(
                ChatMessage(app_id=turn.app_id, author=MessageAuthor.ASSISTANT, generation_id=turn.id, text=said)
            )

    def _announce(self, turn: Generation) -> None:
        end = {"k": "done", "status": str(turn.status), "version": turn.version, "error": turn.error}
        self.log.write(turn_topic(turn.id), end, keep_seconds=KEEP_ENDED_SECONDS)
        self.log.ring(app_topic(turn.app_id))


def _errors_of(applied: Applied) -> tuple[Diagnostic, ...]:
    return tuple(found for found in applied.diagnostics if found.severity == "error")


def _sentence(found: Diagnostic) -> str:
    where = f"{found.file}:{found.line}" if found.line else found.file
    return f"{where}: {found.message}"
