"""One turn's work, from the thought to the proof. It knows nothing of rows: what comes of it is its Outcome.

think (brief, plan, questions) → write → repair without a model → check → repair with one, while that helps → scan
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from overskill.clients.bundler import Bundler, Diagnostic, Finding
from overskill.clients.checker import Checker
from overskill.errors import OverskillError, Unavailable
from overskill.services.apps.env_vars import variables_file
from overskill.services.billing.meter import CapReached
from overskill.services.figures import count_words
from overskill.services.generation.brief import Brief
from overskill.services.generation.checking import Verdict, check_app, sentence, to_repair
from overskill.services.generation.events import Author, Event, Kind, Turn
from overskill.services.generation.fixing import FixLoop, Strategy
from overskill.services.generation.steps import Progress, Step, StepLog
from overskill.services.generation.writing import Writer

_BREAKS_THE_APP = frozenset({"blank", "crash", "memory"})
_MOST_TOLD = 10
_ASKED_ENOUGH = 400  # characters of a prompt: whoever says so much has said what they want


class End(StrEnum):
    DONE = "done"
    ASKED = "asked"  # questions were asked instead
    PLANNED = "planned"  # only a plan was wanted
    STOPPED = "stopped"  # by the user
    STUCK = "stuck"  # an error came back again and again
    FAILED = "failed"  # the author could not go on


@dataclass
class Outcome:
    end: End = End.DONE
    error: str = ""
    brief: Brief = field(default_factory=Brief)
    plan: dict[str, Any] = field(default_factory=dict)
    questions: list[dict[str, Any]] = field(default_factory=list)
    wrong: tuple[Diagnostic, ...] = ()  # what stays wrong
    is_broken: bool = False  # nobody could use the app as it is now
    verdict: Verdict | None = None
    findings: tuple[Finding, ...] | None = None
    repairs: int = 0  # by a model
    taken_back_to: int = 0  # after so many times of writing the files were as they are; 0: nothing was taken back
    is_owed: bool = False  # it ended because it had cost what it may: what was kept of it is paid for

    @property
    def has_failed(self) -> bool:
        return self.end in (End.STUCK, End.FAILED)

    @property
    def is_fit_to_keep(self) -> bool:
        """What was written may become the next version. What a user stopped is theirs to judge."""
        return not self.has_failed or (self.end is End.FAILED and not self.is_broken)


@dataclass(frozen=True, slots=True)
class _Usable:
    """An app that works, though it may have errors left: what a repair must not lose."""

    files: Mapping[str, str]
    verdict: Verdict
    errors: tuple[Diagnostic, ...]
    writes: int


@dataclass
class TurnWork:
    """`turn` is what the author is asked first; the writer holds the files."""

    turn: Turn
    author: Author
    writer: Writer
    bundler: Bundler
    checker: Checker
    steps: StepLog
    may_ask: bool = True
    may_think: bool = True
    only_plan: bool = False
    app_id: UUID | None = None
    model: Callable[[], str] = lambda: ""  # which answered last
    outcome: Outcome = field(default_factory=Outcome)
    brief_before: Brief = field(init=False)
    _usable: _Usable | None = field(default=None, init=False)
    _writes: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.brief_before = self.turn.brief

    def run(self) -> Outcome:
        """Do all of it. Expected failures are in the outcome; anything else is a bug, and bubbles."""
        try:
            self._think()
            if self.outcome.questions:
                self.outcome.end = End.ASKED
            elif self.only_plan:
                self.outcome.end = End.PLANNED
            else:
                self._build()
        except OverskillError as error:
            self._give_up(error)
        if self.turn.should_stop() and self.outcome.end is End.DONE:
            self.outcome.end = End.STOPPED
        return self.outcome

    # ── Thinking ────────────────────────────────────────────────────────────────────────────────

    def _think(self) -> None:
        outcome = self.outcome
        outcome.brief = self.turn.brief
        if self.turn.plan:
            outcome.plan = {"summary": self.writer.summary, "steps": list(self.turn.plan)}
        is_agreed = bool(self.turn.plan) and not self.only_plan and outcome.brief != Brief()
        if not self.may_think or self.turn.completed or is_agreed:
            self.steps.skip(Step.ENHANCE, "Already thought through")
        else:
            self._enhance()
        steps = outcome.plan.get("steps") or ()
        if steps:
            with self.steps.step(Step.PLAN) as progress:
                progress.say(count_words(len(steps), "step"))
        else:
            self.steps.skip(Step.PLAN)
        self.turn = replace(self.turn, brief=outcome.brief, plan=tuple(str(step) for step in steps))

    def _enhance(self) -> None:
        """A turn goes on without a brief, but a plan that was asked for has to come."""
        may_ask = self.may_ask and self.turn.is_first and len(self.turn.prompt) < _ASKED_ENOUGH
        with self.steps.step(Step.ENHANCE) as progress:
            heard = False
            try:
                for event in self.author.prepare(self.turn, may_ask=may_ask, must_plan=self.only_plan):
                    heard = self._hear(event) or heard
            except Unavailable as failure:
                if self.only_plan:
                    raise
                progress.skip(failure.message)
            else:
                self._say_what_it_thinks(progress, heard)
        if self.only_plan and not (self.outcome.plan or self.outcome.questions):
            raise Unavailable("No plan came of that. Say what you want in other words, or build it right away.")

    def _say_what_it_thinks(self, progress: Progress, heard: bool) -> None:
        questions = len(self.outcome.questions)
        if questions:
            progress.say(count_words(questions, "question"))
        elif heard:
            progress.say(self.outcome.brief.kind)
        else:
            progress.skip("Nothing to think through")

    def _hear(self, event: Event) -> bool:
        match event.kind:
            case Kind.BRIEF:
                self.outcome.brief = Brief.from_json(event.data)
            case Kind.PLAN if not self.turn.plan or self.only_plan:  # one that was agreed on stays as it is
                self.outcome.plan = dict(event.data)
            case Kind.QUESTIONS:
                self.outcome.questions = [dict(question) for question in event.data["questions"]]
        self.writer.take(event)
        return event.kind in (Kind.BRIEF, Kind.PLAN, Kind.QUESTIONS)

    # ── Building ────────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        with self.steps.step(Step.GENERATE) as progress:
            self._write(self.turn)
            progress.say(count_words(len(self.writer.staging.changes()), "file"))
        if not self.writer.staging.changes():
            for step in (Step.REPAIR, Step.CHECK, Step.SCAN):
                self.steps.skip(step, "Nothing was changed")
            return
        self._repair_freely()
        if self.turn.should_stop():
            self.outcome.wrong = self.writer.compile()
            self.outcome.is_broken = bool(self.outcome.wrong)
            self.steps.skip(Step.CHECK, "Stopped")
        else:
            with self.steps.step(Step.CHECK) as progress:
                self._prove(progress)
        self._scan()

    def _write(self, turn: Turn) -> None:
        self._writes += 1
        self.writer.write(self.author, turn)

    def _repair_freely(self) -> None:
        with self.steps.step(Step.REPAIR) as progress:
            paths = [path for path, text in self.writer.staging.changes().items() if text is not None]
            self.writer.repair(paths)
            total = self.writer.free_repairs.total()
            if total:
                progress.say(f"Fixed {count_words(total, 'thing')}, free of charge")
            else:
                progress.skip("Nothing to repair")

    def _prove(self, progress: Progress) -> None:
        """Look at the app, and have it repaired as long as that gets anywhere."""
        loop = FixLoop(can_repair=self.author.can_repair())
        while True:
            errors = self._look()
            self._remember(errors)
            if not errors or self.turn.should_stop():
                break
            strategy = loop.next(errors)
            if strategy is Strategy.GIVE_UP:
                break
            self._repair(errors, strategy, loop.attempts)
        self._conclude(errors, loop, progress)

    def _look(self) -> tuple[Diagnostic, ...]:
        """What is to be repaired: what does not compile, else what the checks find."""
        outcome = self.outcome
        outcome.verdict = None
        wrong = self.writer.compile()
        if not wrong and not self.turn.should_stop():
            outcome.verdict = self._check()
            self.writer.recorder.note("checks", **outcome.verdict.to_json())
            wrong = tuple(error for error in to_repair(outcome.verdict) if self._is_binding(error))
        return wrong

    def _remember(self, errors: tuple[Diagnostic, ...]) -> None:
        verdict, best = self.outcome.verdict, self._usable
        if verdict is not None and not _is_broken(verdict) and (best is None or len(errors) <= len(best.errors)):
            self._usable = _Usable(dict(self.writer.staging), verdict, errors, self._writes)

    def _breaks(self, errors: tuple[Diagnostic, ...]) -> bool:
        verdict = self.outcome.verdict
        return bool(errors) and (verdict is None or _is_broken(verdict))

    def _revert(self, usable: _Usable) -> None:
        """A repair made it worse, or broke off: the app is what it was before."""
        self.outcome.verdict, self.outcome.wrong, self.outcome.is_broken = usable.verdict, usable.errors, False
        if dict(self.writer.staging) != usable.files:
            told = [sentence(error) for error in usable.errors[:_MOST_TOLD]]
            number = self.outcome.repairs
            self.writer.recorder.note("repair", number=number, errors=told, strategy="revert", model="")
            self.writer.put_back(usable.files)
            self.outcome.taken_back_to = usable.writes

    def _is_binding(self, error: Diagnostic) -> bool:
        """What an earlier turn's brief promised may be just what this one was asked to change."""
        return error.code != "check" or self.turn.is_first or self.outcome.brief != self.brief_before

    def _check(self) -> Verdict:
        brief = self.outcome.brief
        return check_app(
            {**self.writer.staging, **variables_file(self.turn.variables)},
            brief.checks,
            bundler=self.bundler,
            checker=self.checker,
            app_id=self.app_id,
            routes=tuple(dict.fromkeys(("/", *(page.path for page in brief.pages)))),
            should_stop=self.turn.should_stop,
        )

    def _repair(self, errors: tuple[Diagnostic, ...], strategy: Strategy, attempt: int) -> None:
        outcome = self.outcome
        outcome.repairs = attempt
        is_again = strategy is Strategy.ANOTHER_MODEL
        avoid = (self.model(),) if is_again and self.model() else ()
        told = [sentence(error) for error in errors[:_MOST_TOLD]]
        self.writer.recorder.note("repair", number=attempt, errors=told, strategy=strategy.value, model=self.model())
        before = set(self.writer.staging.changes())
        asked = replace(self.turn, feedback=errors, completed=(), avoid=avoid, is_again=is_again)
        self._write(asked)
        self.writer.repair(sorted(before | set(self.writer.staging.changes())))

    def _conclude(self, errors: tuple[Diagnostic, ...], loop: FixLoop, progress: Progress) -> None:
        outcome = self.outcome
        outcome.wrong, outcome.is_broken = errors, self._breaks(errors)
        usable = self._usable
        is_worse = usable is not None and (outcome.is_broken or len(errors) > len(usable.errors))
        if usable is not None and is_worse and not self.turn.should_stop():
            self._revert(usable)
            errors = usable.errors
        if not errors:
            progress.say(_passed_words(outcome.verdict))
            return
        progress.fail(count_words(len(errors), "problem"))
        if outcome.is_broken and not self.turn.should_stop():
            outcome.end = End.STUCK
            outcome.error = _stuck_words(errors, loop)

    def _scan(self) -> None:
        with self.steps.step(Step.SCAN) as progress:
            try:
                self.outcome.findings = self.bundler.scan(self.writer.staging)
            except OverskillError as failure:
                progress.skip(failure.message)  # publishing scans what was not scanned
                return
            critical = sum(finding.severity == "critical" for finding in self.outcome.findings)
            if critical:
                progress.fail(f"{count_words(critical, 'critical finding')}: it can't be published like this")
            elif self.outcome.findings:
                progress.say(count_words(len(self.outcome.findings), "finding"))
            else:
                progress.say("Nothing unsafe")
        if self.outcome.findings:
            self.writer.recorder.note("findings", findings=[_as_json(finding) for finding in self.outcome.findings])

    def _give_up(self, error: OverskillError) -> None:
        """The author could not go on. What it completed may be of use, if it compiles."""
        outcome = self.outcome
        outcome.end, outcome.error, outcome.is_owed = End.FAILED, error.message, isinstance(error, CapReached)
        if self._usable is not None:
            self._revert(self._usable)
        elif self.writer.staging.changes():
            self._see_what_is_left()

    def _see_what_is_left(self) -> None:
        outcome = self.outcome
        self.writer.repair([*self.writer.staging.changes()])
        with self.steps.step(Step.CHECK) as progress:
            try:
                outcome.wrong = self._look()
            except OverskillError as refusal:  # the bundler does not take these files: nobody could open them
                outcome.wrong, outcome.verdict = (Diagnostic("src/App.tsx", refusal.message),), None
            outcome.is_broken = self._breaks(outcome.wrong)
            if outcome.wrong:
                progress.fail(count_words(len(outcome.wrong), "problem"))
            else:
                progress.say(_passed_words(outcome.verdict))


def _is_broken(verdict: Verdict) -> bool:
    if not verdict.compiles or verdict.report is None:
        return not verdict.compiles
    kinds = {problem.kind for problem in verdict.report.problems}
    hangs = "slow" in kinds and not verdict.report.screenshot  # so much so that it was never seen
    return hangs or bool(kinds & _BREAKS_THE_APP)


def _passed_words(verdict: Verdict | None) -> str:
    if verdict is None or verdict.report is None:
        return "It compiles"
    results = verdict.report.results
    if not results:
        return "It works in a browser"
    passed = sum(result.passed for result in results)
    untried = f", no time for {verdict.untried}" if verdict.untried else ""
    return f"{passed} of {len(results)} checks passed in a browser{untried}"


def _stuck_words(errors: tuple[Diagnostic, ...], loop: FixLoop) -> str:
    first = sentence(errors[0])
    if not loop.can_repair:
        return f"It does not work yet: {first}"
    tried = count_words(loop.attempts, "repair")
    why = "the same error came back each time" if loop.is_going_round else "it still does not work"
    return f"After {tried} {why}, so the turn was stopped before it cost more: {first}"


def _as_json(finding: Finding) -> Mapping[str, Any]:
    return {name: getattr(finding, name) for name in Finding.__slots__}
