"""Turns that go on where another left off: its plan is built, its questions are answered, its failure is taken up."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

from overskill.errors import Conflict, InvalidInput, NotFound
from overskill.models import App, Generation, GenerationStatus
from overskill.services.generation.requests import Intake, Wish, request_turn

MOST_STEPS = 20
LONGEST_STEP = 300
LONGEST_ANSWER = 500


def find_turn(session: Session, app_id: UUID, turn_id: UUID) -> Generation:
    """A turn of this app that is over. Raises NotFound, or Conflict while it goes on."""
    turn = session.get(Generation, turn_id)
    if turn is None or turn.app_id != app_id:
        raise NotFound("There is no such turn in this app.")
    if not turn.status.is_final:
        raise Conflict("That turn is still under way. Wait for it to end, or stop it.")
    return turn


def build_planned(
    session: Session, app: App, user_id: UUID, planned: Generation, steps: Sequence[str], *, intake: Intake
) -> Generation:
    kept = [text[:LONGEST_STEP] for text in (" ".join(step.split()) for step in steps) if text]
    if not kept:
        raise InvalidInput("The plan has no steps left. Add one, or ask for another plan.")
    if len(kept) > MOST_STEPS:
        raise InvalidInput(f"A plan has at most {MOST_STEPS} steps. Join some of them.")
    return request_turn(
        session, app, user_id, planned.prompt, Wish(follows=planned, plan=kept, by_button=True), intake=intake
    )


def answer_turn(
    session: Session, app: App, user_id: UUID, asked: Generation, answers: Mapping[str, str], *, intake: Intake
) -> Generation:
    """The message once more, with the answers below it. Without any it is to be built as it seems likeliest."""
    if not asked.questions:
        raise InvalidInput("That turn asked nothing. Write a message instead.")
    lines = []
    for question in asked.questions:
        answer = " ".join(answers.get(str(question["id"]), "").split())[:LONGEST_ANSWER]
        if answer:
            lines.append(f"{question['text']} {answer}")
    prompt = "\n\n".join([asked.prompt, "\n".join(lines)]) if lines else asked.prompt
    return request_turn(
        session, app, user_id, prompt, Wish(mode=asked.mode, follows=asked, by_button=True), intake=intake
    )


def take_up(session: Session, app: App, user_id: UUID, failed: Generation, *, intake: Intake) -> Generation:
    """Raises Conflict for a turn that can't be gone on with: it succeeded, or its files are in a version."""
    if failed.status is not GenerationStatus.FAILED or failed.version is not None:
        raise Conflict("That turn left nothing to go on with. Send a message instead.")
    steps = [str(step) for step in failed.plan.get("steps") or ()]
    wish = Wish(mode=failed.mode, follows=failed, plan=steps, by_button=True)
    return request_turn(session, app, user_id, failed.prompt, wish, intake=intake)
