"""Running a turn: taken up by one worker, worked through, and its outcome saved. Each step is visible in the chat."""

import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from sqlmodel import Session

from overskill.db import after_commit, run, transaction
from overskill.errors import InvalidInput, OverskillError, Unavailable
from overskill.models import App, ChatMessage, Generation, GenerationMode, GenerationStatus, MessageAuthor, VersionCause
from overskill.models.base import utc_now
from overskill.services.apps.bells import tell_files_once_committed
from overskill.services.apps.files import read_files, write_files
from overskill.services.apps.findings import keep_findings
from overskill.services.apps.naming import logo_svg
from overskill.services.apps.thumbnails import LARGEST_SCREENSHOT, save_thumbnail
from overskill.services.apps.versions import save_version
from overskill.services.billing.credits import receipt, refund, refund_repairs, settle
from overskill.services.generation.app_names import request_name
from overskill.services.generation.checking import sentence
from overskill.services.generation.claim import Claim, claim_turn, give_up, next_turn
from overskill.services.generation.enclosures import unused_pictures
from overskill.services.generation.events import Turn
from overskill.services.generation.preview import PreviewFeed, show_files
from overskill.services.generation.reconciling import keep_conflicts, reconcile, saved_words
from overskill.services.generation.recorder import TurnRecorder
from overskill.services.generation.recording import Recording, Tape, TapedAuthor, checksums, inputs_of, keep_recording
from overskill.services.generation.requests import app_topic, turn_topic
from overskill.services.generation.staging import Staging
from overskill.services.generation.steps import Step, StepLog
from overskill.services.generation.work import End, Outcome, TurnWork
from overskill.services.generation.workshop import Workshop
from overskill.services.generation.writing import Writer, errors_of
from overskill.services.heartbeat import Superseded, heartbeat
from overskill.services.packages.providing import begin_again_with_packages

log = logging.getLogger(__name__)
STOP_CHECK_SECONDS = 0.15
KEEP_ENDED_SECONDS = 600  # a long turn takes megabytes of memory; its rows say the same
_OUR_FAULT = "Something went wrong on our side, and the app was left as it was. Send the message again."
_STATUS = {
    End.DONE: GenerationStatus.SUCCEEDED,
    End.ASKED: GenerationStatus.SUCCEEDED,
    End.PLANNED: GenerationStatus.SUCCEEDED,
    End.STOPPED: GenerationStatus.STOPPED,
    End.STUCK: GenerationStatus.FAILED,
    End.FAILED: GenerationStatus.FAILED,
}


def run_turn(generation_id: UUID, workshop: Workshop) -> None:
    """Run a turn to its end, whatever that is: succeeded, stopped or failed is written on its row.

    Safe to call twice: one call runs it, the other leaves. A call after a worker's death goes on from what
    was complete.
    """
    claim = _claim(generation_id, workshop)
    if claim is None:
        _leave(generation_id, workshop)
        return
    attempt = TurnRun(claim, workshop)
    try:
        with heartbeat(attempt.recorder.beat):
            attempt.execute()
    except Superseded:
        return
    except Exception:
        attempt.fail(_OUR_FAULT)
        raise
    finally:
        with transaction() as session:
            next_turn(session, claim.app_id, workshop.queue)


def _claim(generation_id: UUID, workshop: Workshop) -> Claim | None:
    """A turn that can't be begun, because something it needs is gone, is over: nothing would bring that back."""
    try:
        with transaction() as session:
            needs = workshop.authors, workshop.objects, workshop.tariff, workshop.settings
            return claim_turn(session, generation_id, *needs)
    except OverskillError as refusal:
        with transaction() as session:
            turn = session.get_one(Generation, generation_id, with_for_update=True)
            if not turn.status.is_final:
                give_up(session, turn, refusal.message)
        return None


def _leave(generation_id: UUID, workshop: Workshop) -> None:
    """Nothing to run. If the turn is over, even because it was given up, pages see it and the next one goes on."""
    with transaction() as session:
        turn = session.get(Generation, generation_id)
        if turn is not None and turn.status.is_final:
            next_turn(session, turn.app_id, workshop.queue)
            after_commit(session, partial(workshop.log.ring, app_topic(turn.app_id)))
    workshop.log.ring(turn_topic(generation_id))


@dataclass
class TurnRun:
    """One attempt at one turn: what TurnWork does, with rows around it."""

    claim: Claim
    workshop: Workshop
    recorder: TurnRecorder = field(init=False)
    steps: StepLog = field(init=False)
    writer: Writer = field(init=False)
    _is_shown: bool | None = field(default=None, init=False)  # the app with what people changed; None: nothing was
    _stop: bool = field(default=False, init=False)
    _stop_checked: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        claim, workshop = self.claim, self.workshop
        self.recorder = TurnRecorder(claim.generation_id, claim.attempt, workshop.log)
        self.steps = StepLog(self.recorder, self._keep_steps, rows=[dict(row) for row in claim.steps])
        staging = Staging(claim.files, claim.start.locked)
        self.writer = Writer(
            bundler=workshop.bundler,
            recorder=self.recorder,
            feed=PreviewFeed(workshop.bundler, claim.preview_key, lambda: staging),
            staging=staging,
            should_stop=self.should_stop,
            meter=claim.meter,
            on_name=self._name_at_once if claim.is_first else lambda _: None,
            shelf=workshop.shelf,
        )

    def should_stop(self) -> bool:
        now = time.monotonic()
        if not self._stop and now - self._stop_checked >= STOP_CHECK_SECONDS:
            self._stop_checked = now
            self._stop = self.workshop.log.has_flag(turn_topic(self.claim.generation_id))
            self.recorder.flush_live()
        return self._stop

    def _keep_steps(self, rows: list[dict[str, Any]]) -> None:
        self.recorder.set(steps=[dict(row) for row in rows])
        self.recorder.flush_live()

    def execute(self) -> None:
        claim = self.claim
        if claim.attempt == 1:
            self._tell_of_the_request()
        self._resume()
        completed = tuple(path for path in self.writer.staging.changes() if path not in claim.attached)
        if claim.mode is GenerationMode.BUILD:
            self.writer.place({path: text for path, text in claim.attached.items() if path not in claim.done_paths})
        turn = Turn(
            prompt=claim.prompt,
            app_name=claim.app_name,
            files=self.writer.staging,
            history=claim.history,
            past=claim.past,
            is_first=claim.is_first,
            locked=claim.start.locked,
            completed=completed,
            brief=claim.brief,
            plan=claim.plan,
            enclosures=claim.enclosures,
            variables=claim.variables,
            shelf=self.workshop.shelf,
            should_stop=self.should_stop,
        )
        tape, inputs = Tape(), inputs_of(turn)
        work = TurnWork(
            turn=turn,
            author=TapedAuthor(claim.author, tape),
            writer=self.writer,
            bundler=self.workshop.bundler,
            checker=self.workshop.checker,
            steps=self.steps,
            may_ask=claim.may_ask,
            only_plan=claim.mode is GenerationMode.PLAN,
            app_id=claim.app_id,
            model=lambda: self.recorder.model,
        )
        outcome = work.run()
        self._record(tape, inputs, outcome)
        self.writer.remove(unused_pictures(self.writer.staging, claim.enclosures))
        self._conclude(outcome)

    def _record(self, tape: Tape, inputs: dict[str, Any], outcome: Outcome) -> None:
        """For a replay. Failing to keep it is no failure of the turn."""
        result, kind = checksums(self.writer.staging), self.claim.author.kind
        recording = Recording(
            inputs, tape.phases, result, author=kind, is_cut=tape.is_cut, taken_back_to=outcome.taken_back_to
        )
        days = self.workshop.keep_recordings_days
        try:
            with transaction() as session:
                keep_recording(session, self.claim.generation_id, recording, self.workshop.objects, days=days)
        except (OSError, Unavailable):
            log.warning("a turn's recording could not be kept", exc_info=True)

    def _tell_of_the_request(self) -> None:
        """What was looked at when the message was sent."""
        with self.steps.step(Step.VALIDATE) as progress:
            progress.say(self.claim.prompt_words)
        with self.steps.step(Step.LIMITS) as progress:
            progress.say(self.claim.limit_words)

    def _resume(self) -> None:
        """Take up what an earlier attempt completed, and have the page show just that."""
        claim = self.claim
        self.writer.resume(claim.done)
        if claim.attempt > 1:
            self.recorder.prose.append(claim.prose)
            self.recorder.note("resumed", prose=claim.prose, files=sorted(self.writer.staging.changes()))

    def _name_at_once(self, name: str) -> None:
        """An app that is only being made is called by its name from the start; later names come with their version."""
        with transaction() as session:
            app = session.get_one(App, self.claim.app_id, with_for_update=True)
            self.recorder.beat(session)
            app.name, app.logo = name, logo_svg(name, app.accent)
        self.workshop.log.ring(app_topic(self.claim.app_id))

    def _conclude(self, outcome: Outcome) -> None:
        self.recorder.set(
            brief=outcome.brief.to_json(),
            plan=outcome.plan,
            questions=outcome.questions,
            repairs=outcome.repairs,
            free_repairs=dict(self.writer.free_repairs),
        )
        if not outcome.has_failed or (self.writer.staging.changes() and outcome.is_fit_to_keep):
            self._save(outcome)
        else:
            self.fail(outcome.error, outcome)

    def _save(self, outcome: Outcome) -> None:
        changes, checks = self.writer.staging.changes(), self._checks_with_picture(outcome)
        with self.steps.step(Step.SAVE) as progress:
            self.recorder.flush()
            turn = run(self._keep, outcome, changes, checks)
            if changes:
                progress.say(saved_words(turn))
            else:
                progress.skip("Nothing was changed")
        self._announce(turn.status, turn.version, turn.error)

    def _keep(
        self, session: Session, outcome: Outcome, changes: Mapping[str, str | None], checks: dict[str, Any]
    ) -> Generation:
        """One transaction: the files, the version, the answer in the chat, what it cost, the end of the turn."""
        app = session.get_one(App, self.claim.app_id, with_for_update=True)  # before the turn, as everywhere
        self.recorder.beat(session)
        turn = session.get_one(Generation, self.claim.generation_id)
        if self.writer.name:
            app.name, app.logo = self.writer.name, logo_svg(self.writer.name, app.accent)
        turn.error = outcome.error or self._warning(outcome)
        if changes:
            self._save_version(session, app, turn, changes, outcome, checks)
        elif app.revision != self.claim.start.revision:
            self._show_together(read_files(session, app.id))
        turn.checks = checks
        reason = outcome.error if outcome.end is End.FAILED and not outcome.is_owed else ""
        self._end(session, turn, _STATUS[outcome.end], refund_reason=reason)
        if outcome.repairs and outcome.wrong:
            refund_repairs(session, turn, "The repairs did not help")
        request_name(session, turn, self.workshop.queue)
        return turn

    def _save_version(
        self,
        session: Session,
        app: App,
        turn: Generation,
        changes: Mapping[str, str | None],
        outcome: Outcome,
        checks: Mapping[str, Any],
    ) -> None:
        reconciled = reconcile(session, app, self.claim.start, changes)
        keep_conflicts(session, turn, reconciled.conflicts)
        broken = self._show_together(reconciled.files) if reconciled.files else ""
        if not reconciled.changes:
            return
        write_files(session, app.id, reconciled.changes)
        if broken:
            turn.error = turn.error or f"With what was changed by hand it does not compile: {broken}"
        version = save_version(
            session,
            app,
            note=self._version_note(_STATUS[outcome.end]),
            cause=VersionCause.GENERATION,
            author_id=self.claim.user_id,
            generation_id=turn.id,
            builds=not (broken or outcome.is_broken),
            paths=list(reconciled.changes),
        )
        version.screenshot = str(checks.get("screenshot", ""))
        if outcome.findings is not None and reconciled.files is None:
            keep_findings(session, version, outcome.findings)
        turn.version = version.number
        tell_files_once_committed(session, app, reconciled.changes, by=None, log=self.workshop.log)

    def _show_together(self, files: Mapping[str, str]) -> str:
        """The app as people and the turn have made it, shown under its lock: whoever saves next shows it after this.
        What does not compile, in words. Raises BeginAgain."""
        begin_again_with_packages(self.workshop.bundler, files)
        applied = show_files(self.claim.preview_key, files, self.workshop.bundler)
        self._is_shown = applied is not None
        errors = errors_of(applied) if applied else ()
        return sentence(errors[0]) if errors else ""

    def _checks_with_picture(self, outcome: Outcome) -> dict[str, Any]:
        """The card of the checks. The picture that was taken is the app's from now on."""
        if outcome.verdict is None:
            return {}
        checksum = ""
        if outcome.verdict.screenshot and self.writer.staging.changes():
            with suppress(InvalidInput), transaction() as session:
                app = session.get_one(App, self.claim.app_id, with_for_update=True)
                picture, objects = outcome.verdict.screenshot, self.workshop.objects
                checksum = save_thumbnail(session, app, picture, objects, largest=LARGEST_SCREENSHOT)
        return outcome.verdict.to_json(screenshot=checksum)

    @staticmethod
    def _warning(outcome: Outcome) -> str:
        """Of a turn that the user stopped, and that left something in the middle."""
        return f"It does not compile yet: {sentence(outcome.wrong[0])}" if outcome.is_broken else ""

    def _version_note(self, status: GenerationStatus) -> str:
        note = self.writer.summary or self.claim.prompt.split("\n", 1)[0]
        unfinished = {GenerationStatus.STOPPED: "Stopped: ", GenerationStatus.FAILED: "Unfinished: "}
        return unfinished.get(status, "") + note

    def fail(self, message: str, outcome: Outcome | None = None) -> None:
        """End the turn as failed: the app keeps its last version, the preview shows that again, nothing is charged."""
        self.steps.skip(Step.SAVE, "The last version was kept")
        try:
            self.recorder.flush()
            run(self._give_up, message, outcome)
        except Superseded:
            return
        self._announce(GenerationStatus.FAILED, None, message)

    def _give_up(self, session: Session, message: str, outcome: Outcome | None) -> None:
        app = session.get_one(App, self.claim.app_id, with_for_update=True)  # before the turn, as everywhere
        self.recorder.beat(session)
        self._show_together(read_files(session, app.id))
        turn = session.get_one(Generation, self.claim.generation_id)
        turn.error = message
        if outcome is not None and outcome.verdict is not None:
            turn.checks = outcome.verdict.to_json()
        self._end(session, turn, GenerationStatus.FAILED, refund_reason=message)

    def _end(self, session: Session, turn: Generation, status: GenerationStatus, refund_reason: str = "") -> None:
        turn.status = status
        turn.finished_at = utc_now()
        session.add(turn)
        settle(session, turn, self.workshop.tariff)
        if refund_reason:
            refund(session, turn, refund_reason)
        said = "".join(self.recorder.prose).strip()
        if said:
            session.add(
                ChatMessage(app_id=turn.app_id, author=MessageAuthor.ASSISTANT, generation_id=turn.id, text=said)
            )

    def _announce(self, status: GenerationStatus, version: int | None, error: str) -> None:
        """Show what counts now, and tell everybody that the turn is over."""
        claim = self.claim
        with self.steps.step(Step.PREVIEW) as progress:
            is_shown = self.writer.show_all() is not None if self._is_shown is None else self._is_shown
            if not is_shown:
                progress.skip("The preview is not running; it shows this version when it is back")
        with transaction() as session:
            turn = session.get_one(Generation, claim.generation_id)
            turn.steps = [dict(row) for row in self.steps.rows]
            session.add(turn)
            bill, conflicts = receipt(turn), turn.conflicts
        entries: list[dict[str, Any]] = [{"k": "conflicts", "files": conflicts}] if conflicts else []
        entries.append({"k": "receipt", **bill.to_json()})
        if bill.refunded:
            entries.append({"k": "refund", "amount": bill.refunded, "reason": error})
        entries.append({"k": "done", "status": str(status), "version": version, "error": error})
        self.recorder.flush_live()
        self.workshop.log.write(turn_topic(claim.generation_id), *entries, keep_seconds=KEEP_ENDED_SECONDS)
        self.workshop.log.ring(app_topic(claim.app_id))
