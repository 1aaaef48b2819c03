"""One turn as the chat shows it. Details are not in here: a page reads them from `/api/turns/<id>` once one is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from overskill.services.billing.amounts import credit_words
from overskill.services.chat.markdown import to_html
from overskill.services.figures import count_words, duration_words
from overskill.services.generation import TurnView

UNFINISHED = ("queued", "running")


@dataclass(frozen=True)
class PlanDraft:
    """A plan that waits for somebody to build it."""

    summary: str = ""
    steps: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    id: str
    text: str
    options: list[str]
    allows_other: bool


@dataclass(frozen=True)
class SentAlong:
    """An attachment of the message."""

    id: str
    name: str
    kind: str
    thumbnail: str  # address, "" where there is none


@dataclass(frozen=True)
class TurnCard:
    id: str
    before: str  # the id of the turn before it, "" for the first: a browser sees by it what it has not read yet
    follows: str  # the id of the turn that it takes up
    replaces: str  # the id of the turn whose message was edited and sent again as this one
    prompt: str
    label: str  # shown instead of the prompt where that only repeats an earlier one
    sent_along: list[SentAlong]
    at: str  # ISO time
    status: str
    stage: str  # "live": shown as it happens, "waiting": for the turns before it, "past"
    outcome: str  # of a past turn: "version", "plan", "questions", "failure", or "words"
    answer: str  # HTML
    version: int
    files_words: str
    proof: str  # what speaks for the version, and its price: "Checked in a browser: 5 of 5 · 1.2 credits"
    is_sound: bool  # nothing that was checked failed
    error: str
    refund: str
    can_go_on: bool
    is_open: bool  # its story is shown without being asked for
    author: str  # "model", "recipe" or ""
    facts: str  # what it took, in words
    plan: PlanDraft
    questions: list[Question]
    conflicts: list[str]  # paths that somebody changed by hand in the same place, and has not chosen about


def cards_of(turns: Sequence[TurnView], following: str = "", *, ends_newest: bool = True) -> list[TurnCard]:
    """Of these turns, oldest first; `following` is the one that is shown live. `ends_newest`: none came after them."""
    by_id = {turn.id: turn for turn in turns}
    before = ["", *(turn.id for turn in turns)]
    return [
        _card(
            turn,
            before=before[place],
            stage=_stage(turn, following),
            is_newest=ends_newest and place == len(turns) - 1,
            followed=by_id.get(turn.follows_id),
        )
        for place, turn in enumerate(turns)
    ]


def _stage(turn: TurnView, following: str) -> str:
    if turn.status not in UNFINISHED:
        return "past"
    return "live" if turn.id == following else "waiting"


def _card(turn: TurnView, *, before: str, stage: str, is_newest: bool, followed: TurnView | None) -> TurnCard:
    outcome = _outcome(turn)
    return TurnCard(
        id=turn.id,
        before=before,
        follows=turn.follows_id,
        replaces=turn.replaces_id,
        prompt=turn.prompt,
        label=_label(turn, followed) if followed else "",
        sent_along=[SentAlong(one.id, one.name, one.kind, one.thumbnail) for one in turn.attachments],
        at=turn.created_at.isoformat(),
        status=turn.status,
        stage=stage,
        outcome=outcome,
        answer=to_html(turn.answer) if turn.answer else "",
        version=turn.version,
        # While it is written the live view counts them: a card that changes is sent again whole.
        files_words=count_words(len(turn.files), "file") if turn.files and stage == "past" else "",
        proof=_proof(turn),
        is_sound=not turn.error and turn.checks.get("browser") != "failed" and not _critical(turn),
        error=turn.error,
        refund=f"Refunded {credit_words(turn.refunded)}" if turn.refunded else "",
        can_go_on=turn.can_go_on and is_newest,
        is_open=outcome == "failure" and is_newest,
        author=turn.author,
        facts=" · ".join(filter(None, _facts(turn))),
        plan=_plan(turn) if outcome == "plan" else PlanDraft(),
        questions=[_question(question) for question in turn.questions] if outcome == "questions" else [],
        conflicts=list(turn.conflicts),
    )


def _outcome(turn: TurnView) -> str:
    if turn.version:
        return "version"
    if turn.status == "failed":
        return "failure"
    if turn.status != "succeeded" or turn.is_followed:
        return "words"  # what a later turn took up is not asked again
    if turn.questions:
        return "questions"
    return "plan" if turn.mode == "plan" and turn.plan_steps else "words"


def _label(turn: TurnView, before: TurnView) -> str:
    added = turn.prompt.removeprefix(before.prompt).strip()
    if added != turn.prompt.strip() and added:
        return added  # answers, below the message that they belong to
    if added:
        return ""
    if before.status == "failed":
        return "Go on where it ended"
    return "Build it without answers" if before.questions else "Build this plan"


def _plan(turn: TurnView) -> PlanDraft:
    brief = turn.brief
    return PlanDraft(
        summary=str(brief.get("summary", "")),
        steps=list(turn.plan_steps),
        pages=[str(page.get("title") or page.get("path")) for page in brief.get("pages", ())],
        checks=[str(check["title"]) for check in brief.get("checks", ())],
    )


def _question(question: Mapping[str, Any]) -> Question:
    return Question(
        id=str(question["id"]),
        text=str(question["text"]),
        options=[str(option) for option in question.get("options", ())],
        allows_other=bool(question.get("allows_other", True)),
    )


def _proof(turn: TurnView) -> str:
    critical = count_words(_critical(turn), "critical finding") if _critical(turn) else ""
    price = credit_words(turn.charged) if turn.charged else ""
    return " · ".join(filter(None, [critical or _checks_words(turn.checks), price]))


def _critical(turn: TurnView) -> int:
    """Findings that keep the version from being published."""
    return sum(finding["severity"] == "critical" for finding in turn.findings)


def _checks_words(checks: Mapping[str, Any]) -> str:
    """As turn_words.js says it at the head of the card behind this line."""
    results = checks.get("results", ())
    passed = sum(bool(result["passed"]) for result in results)
    if not checks:
        return ""
    if not checks.get("compiles", True):
        return "It does not compile"
    if checks.get("browser") == "skipped":
        return "It compiles"
    if checks.get("browser") == "failed" and passed == len(results):
        return f"Checked in a browser: {count_words(len(checks.get('problems', ())) or 1, 'problem')}"
    untried = f", {checks['untried']} not tried" if checks.get("untried") else ""
    return f"Checked in a browser: {passed} of {len(results)}{untried}" if results else "Checked in a browser: it works"


def _facts(turn: TurnView) -> list[str]:
    if turn.status in UNFINISHED:
        return []
    return [duration_words(turn.seconds), credit_words(turn.charged) if turn.charged else ""]
