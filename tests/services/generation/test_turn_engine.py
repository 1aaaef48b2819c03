"""What a turn goes through before it is written: its steps, its brief, questions and plans."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest

from overskill.container import Container
from overskill.db import transaction
from overskill.errors import InvalidInput, NotFound, Unavailable
from overskill.models import App, Attachment, AttachmentKind, Generation, GenerationMode, GenerationStatus
from overskill.services.generation import Wish, request_turn
from overskill.services.generation.events import Event, Kind, Turn
from overskill.services.studio import answer_questions, build_plan
from tests.factories import make_app, make_user
from tests.fake_author import FakeAuthor
from tests.services.generation.turn_rows import BRIEF, files_of, live, state_of

Work = Callable[[], int]
QUESTION = {"id": "who", "text": "Who is it for?", "options": ["Me", "My team"], "allows_other": True}


def test_every_step_is_told_in_order_and_kept_with_its_time(
    services: Container, ask: Callable[..., Generation], work: Work
) -> None:
    turn = ask()
    work()
    names = ["validate", "limits", "enhance", "plan", "generate", "repair", "check", "scan", "save", "preview"]
    assert [step["name"] for step in state_of(turn.id).steps] == names
    told = [entry["name"] for entry in live(services, turn) if entry["k"] == "step" and entry["state"] != "active"]
    assert told == names
    assert all(step["ms"] >= 0 for step in state_of(turn.id).steps)


def test_the_brief_is_shown_kept_and_given_to_the_author(
    services: Container, author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    author.thoughts = [Event(Kind.BRIEF, data=BRIEF)]
    turn = ask()
    work()
    assert state_of(turn.id).brief == BRIEF
    assert author.turns[0].brief.kind == "tracker"
    assert any(entry["k"] == "brief" for entry in live(services, turn))


def test_the_next_turn_knows_the_brief_of_the_app(
    author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    author.thoughts = [Event(Kind.BRIEF, data=BRIEF)]
    ask()
    work()
    author.thoughts = []
    ask("add a due date")
    work()
    assert author.turns[-1].brief.summary == "Habits, day by day"


def test_what_was_to_be_thought_through_and_was_not_ends_no_turn(
    author: FakeAuthor, ask: Callable[..., Generation], work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(turn: Turn, *, may_ask: bool, must_plan: bool) -> Iterator[Event]:
        raise Unavailable("The model did not answer.")
        yield

    monkeypatch.setattr(author, "prepare", fails)
    turn = ask()
    work()
    step = next(step for step in state_of(turn.id).steps if step["name"] == "enhance")
    assert (step["state"], step["note"]) == ("skipped", "The model did not answer.")
    assert state_of(turn.id).version == 1


def test_questions_end_the_turn_and_their_answers_begin_the_next(
    services: Container, author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    author.thoughts = [Event(Kind.QUESTIONS, data={"questions": [QUESTION]})]
    turn = ask()
    work()
    assert (state_of(turn.id).status, state_of(turn.id).version) == (GenerationStatus.SUCCEEDED, None)
    assert state_of(turn.id).questions == [QUESTION]
    assert author.turns == []
    author.thoughts = []
    with transaction() as session:
        answer_questions(session, app.creator_id, app.slug, turn.id, {"who": "My team"}, intake=services.intake)
    work()
    assert author.turns[0].prompt == "a habit tracker\n\nWho is it for? My team"


def test_skipped_questions_are_not_asked_again(
    services: Container,
    author: FakeAuthor,
    app: App,
    ask: Callable[..., Generation],
    work: Work,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    author.thoughts = [Event(Kind.QUESTIONS, data={"questions": [QUESTION]})]
    turn = ask()
    work()

    def notes(turn: Turn, *, may_ask: bool, must_plan: bool) -> Iterator[Event]:
        asked.append(may_ask)
        yield from ()

    monkeypatch.setattr(author, "prepare", notes)
    with transaction() as session:
        answer_questions(session, app.creator_id, app.slug, turn.id, {}, intake=services.intake)
    work()
    assert asked == [False]
    assert author.turns[0].prompt == "a habit tracker"


def plan(services: Container, app: App, author: FakeAuthor, work: Work) -> UUID:
    author.thoughts = [Event(Kind.PLAN, data={"summary": "Habits", "steps": ["A list", "A chart"]})]
    with transaction() as session:
        found = session.get_one(App, app.id)
        wish = Wish(mode=GenerationMode.PLAN)
        turn = request_turn(session, found, app.creator_id, "a habit tracker", wish, intake=services.intake)
    work()
    return turn.id


def test_a_plan_changes_nothing(services: Container, author: FakeAuthor, app: App, work: Work) -> None:
    before = files_of(app)
    turn = state_of(plan(services, app, author, work))
    assert (turn.status, turn.version, turn.plan["steps"]) == (
        GenerationStatus.SUCCEEDED,
        None,
        ["A list", "A chart"],
    )
    assert author.turns == []
    assert files_of(app) == before


def test_a_plan_is_built_as_it_was_edited(services: Container, author: FakeAuthor, app: App, work: Work) -> None:
    planned = plan(services, app, author, work)
    with transaction() as session:
        steps = [" A list with\ncolours ", ""]
        build_plan(session, app.creator_id, app.slug, planned, steps, intake=services.intake)
    work()
    assert author.turns[0].plan == ("A list with colours",)


def test_what_was_thought_out_for_a_plan_holds_while_nobody_changes_it(
    services: Container, author: FakeAuthor, app: App, work: Work
) -> None:
    author.thoughts = [Event(Kind.BRIEF, data=BRIEF), Event(Kind.PLAN, data={"summary": "S", "steps": ["One", "Two"]})]
    with transaction() as session:
        found = session.get_one(App, app.id)
        wish = Wish(mode=GenerationMode.PLAN)
        planned = request_turn(session, found, app.creator_id, "a habit tracker", wish, intake=services.intake)
    work()
    for steps in (["One"], ["One", "Two"]):
        with transaction() as session:
            build_plan(session, app.creator_id, app.slug, planned.id, steps, intake=services.intake)
        work()
    assert [turn.plan for turn in author.prepared] == [(), ("One",)]
    assert [turn.brief.kind for turn in author.turns] == ["tracker", "tracker"]


def test_a_plan_without_steps_is_not_built(services: Container, author: FakeAuthor, app: App, work: Work) -> None:
    planned = plan(services, app, author, work)
    with transaction() as session, pytest.raises(InvalidInput):
        build_plan(session, app.creator_id, app.slug, planned, [" "], intake=services.intake)


def test_nobody_builds_the_plan_of_another_app(services: Container, author: FakeAuthor, app: App, work: Work) -> None:
    planned = plan(services, app, author, work)
    with transaction() as session:
        other = make_app(session, make_user(session))
        with pytest.raises(NotFound):
            build_plan(session, other.creator_id, other.slug, planned, ["x"], intake=services.intake)


def test_a_turn_whose_attachment_is_gone_is_over_and_says_so(
    author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    turn = ask()
    with transaction() as session:
        gone = Attachment(
            user_id=app.creator_id,
            generation_id=turn.id,
            kind=AttachmentKind.IMAGE,
            name="a.png",
            media_type="image/png",
            size=1,
            object_key="attachments/gone",
        )
        session.add(gone)
    work()
    assert (state_of(turn.id).status, author.turns) == (GenerationStatus.FAILED, [])
    assert state_of(turn.id).error == "That file is no longer there."
