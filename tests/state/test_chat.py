import asyncio
import contextlib
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from overskill import db
from overskill.clients.jobs import FakeJobQueue
from overskill.container import Container
from overskill.errors import OverskillError, SignInRequired, Unavailable
from overskill.models import App, Generation, GenerationMode, GenerationStatus
from overskill.models.base import utc_now
from overskill.services.apps import read_files
from overskill.services.chat.cards import TurnCard, cards_of
from overskill.services.chat.suggestions import FOR_RECIPES
from overskill.state.chat import NEWEST, ChatState
from tests.conftest import Tab
from tests.factories import make_app, make_generation, make_user
from tests.fake_author import FakeAuthor, says, writes
from tests.state.studio_tab import PATH, SLUG, do, join, join_as_stranger, open_editor
from tests.support_waiting import until

Work = Callable[[], int]
TURN = "0b0e4f0e-6a53-4d8e-9d5e-2f6d3c1a7b90"  # as a browser names one


@pytest.fixture
def author(services: Container) -> FakeAuthor:
    assert isinstance(services.authors, FakeAuthor)
    return services.authors


def turns(tab: Tab) -> list[TurnCard]:
    """As a browser has them: it keeps what it was told."""
    known = {turn.id: turn for told in tab.seen("turns") for turn in told}
    return sorted(known.values(), key=lambda turn: turn.at)


def statuses(tab: Tab) -> list[str]:
    return [turn.status for turn in turns(tab)]


def rows() -> list[Generation]:
    with db.transaction() as session:
        return list(session.exec(select(Generation)).all())


async def test_a_message_is_queued_and_shown_in_every_tab_that_looks(tab: Tab, services: Container) -> None:
    join(tab)
    await open_editor(tab)

    await do(tab, ChatState.send, text="a habit tracker", turn_id=TURN)

    await until(lambda: statuses(tab) == ["queued"])
    assert tab.seen("taken") == [TURN]
    assert tab.seen("following")[-1] == turns(tab)[0].id
    assert isinstance(services.queue, FakeJobQueue)
    assert [job for job, _, _ in services.queue.enqueued] == ["overskill.jobs.generate.generate"]


async def test_a_finished_turn_shows_its_answer_files_and_version(tab: Tab, author: FakeAuthor, work: Work) -> None:
    author.scripts = [[says("It is **ready**.<script>"), *writes("src/App.tsx", "one\ntwo\n")]]
    join(tab)
    await open_editor(tab)
    await do(tab, ChatState.send, text="a habit tracker")

    await asyncio.to_thread(work)

    await until(lambda: statuses(tab) == ["succeeded"])
    turn = turns(tab)[0]
    assert turn.answer == "<p>It is <strong>ready</strong>.&lt;script&gt;</p>\n"
    assert (turn.outcome, turn.files_words) == ("version", "1 file")
    assert (turn.version, turn.author, turn.error) == (1, "model", "")
    assert tab.seen("version")[-1] == 1
    assert tab.seen("following")[-1] == ""


async def test_nobody_else_waits_while_answers_are_drawn(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_in: list[threading.Thread] = []

    def draw(*turns: Any) -> list[TurnCard]:
        drawn_in.append(threading.current_thread())
        return cards_of(*turns)

    monkeypatch.setattr("overskill.state.chat.cards_of", draw)
    join(tab, versions=1)
    await open_editor(tab)
    assert drawn_in
    assert threading.current_thread() not in drawn_in


async def test_a_message_sent_while_a_turn_waits_queues_behind_it(tab: Tab) -> None:
    join(tab)
    await open_editor(tab)
    await do(tab, ChatState.send, text="first one")
    await do(tab, ChatState.send, text="second one")
    await until(lambda: len(turns(tab)) == 2)
    assert [turn.stage for turn in turns(tab)] == ["live", "waiting"]
    assert tab.seen("following")[-1] == turns(tab)[0].id


async def test_a_refused_message_stays_with_its_author(tab: Tab) -> None:
    join(tab)
    await do(tab, ChatState.send, text=" ", turn_id=TURN)
    assert tab.seen("refused") == [TURN]
    assert tab.seen("taken") == []
    assert rows() == []


async def test_a_message_that_is_sent_again_because_no_answer_came_is_one_message(tab: Tab) -> None:
    join(tab)
    await do(tab, ChatState.send, text="a habit tracker", turn_id=TURN)
    tab.token = "a reload later"
    await do(tab, ChatState.send, text="a habit tracker", turn_id=TURN)
    assert [str(row.id) for row in rows()] == [TURN]
    assert tab.seen("taken") == [TURN, TURN]


async def test_a_message_takes_the_name_of_no_other_ones(tab: Tab) -> None:
    with db.transaction() as session:
        foreign = make_generation(session, make_app(session, make_user(session), slug="other"))
        name = str(foreign.id)
    join(tab)
    await do(tab, ChatState.send, text="a habit tracker", turn_id=name)
    assert tab.seen("refused") == [name]
    assert len(rows()) == 1


async def test_a_failed_turn_says_why_and_can_be_sent_again(tab: Tab, author: FakeAuthor, work: Work) -> None:
    author.scripts = [Unavailable("The model did not answer. Try again.")]
    join(tab)
    await open_editor(tab)
    await do(tab, ChatState.send, text="a habit tracker")
    await asyncio.to_thread(work)
    await until(lambda: statuses(tab) == ["failed"])
    assert turns(tab)[0].error == "The model did not answer. Try again."

    await do(tab, ChatState.try_again, turn_id=turns(tab)[0].id)
    await asyncio.to_thread(work)

    await until(lambda: statuses(tab) == ["failed", "succeeded"])
    assert turns(tab)[1].prompt == "a habit tracker"


async def test_stop_ends_the_turn_that_is_followed(tab: Tab) -> None:
    join(tab)
    await open_editor(tab)
    await do(tab, ChatState.send, text="a habit tracker")
    await until(lambda: statuses(tab) == ["queued"])
    await do(tab, ChatState.stop_following)
    await until(lambda: statuses(tab) == ["stopped"])
    assert rows()[0].status is GenerationStatus.STOPPED


async def test_a_waiting_message_can_be_taken_back(tab: Tab) -> None:
    join(tab)
    await open_editor(tab)
    await do(tab, ChatState.send, text="first one")
    await do(tab, ChatState.send, text="second one")
    await until(lambda: len(turns(tab)) == 2)
    await do(tab, ChatState.stop, turn_id=turns(tab)[1].id)
    await until(lambda: statuses(tab) == ["queued", "stopped"])


async def test_an_error_of_the_preview_becomes_a_message(tab: Tab) -> None:
    join(tab)
    await do(tab, ChatState.fix, report="Please fix this error in the preview: Boom")
    assert [row.prompt for row in rows()] == ["Please fix this error in the preview: Boom"]


async def test_a_button_that_is_pressed_again_because_no_answer_came_asks_for_one_turn(tab: Tab) -> None:
    join(tab)
    for _ in range(2):
        await do(tab, ChatState.fix, report="Please fix this error in the preview: Boom")
    asked = end_first_turn(
        status=GenerationStatus.FAILED, plan={"steps": ["one"]}, questions=[{"id": "a", "text": "?"}]
    )
    for _ in range(2):
        await do(tab, ChatState.try_again, turn_id=asked)
        await do(tab, ChatState.go_on, turn_id=asked)
        await do(tab, ChatState.answer, turn_id=asked, answers={"a": "Yes"})
        await do(tab, ChatState.fix, report="Please fix this other error")
    assert len(rows()) == 5


async def test_what_a_button_asked_for_can_be_asked_for_again_once_it_is_over(tab: Tab) -> None:
    join(tab)
    await do(tab, ChatState.fix, report="Please fix this error in the preview: Boom")
    end_first_turn()
    await do(tab, ChatState.fix, report="Please fix this error in the preview: Boom")
    assert len(rows()) == 2


def end_first_turn(**facts: Any) -> str:
    """As if its worker had; its id."""
    with db.transaction() as session:
        turn = session.exec(select(Generation)).one()
        turn.status = GenerationStatus.SUCCEEDED
        for name, value in facts.items():
            setattr(turn, name, value)
        return str(turn.id)


async def test_a_plan_is_built_with_its_steps_as_they_were_left(tab: Tab) -> None:
    join(tab)
    await do(tab, ChatState.fix, report="a habit tracker")
    planned = end_first_turn(mode=GenerationMode.PLAN, plan={"summary": "A tracker", "steps": ["one", "two"]})
    await open_editor(tab)
    assert turns(tab)[0].plan.steps == ["one", "two"]

    await do(tab, ChatState.build_plan, turn_id=planned, steps=["two", "three"])

    [build] = [row for row in rows() if row.follows_id]
    assert (build.mode, build.plan["steps"]) == (GenerationMode.BUILD, ["two", "three"])
    await until(lambda: [turn.follows for turn in turns(tab)][1:] == [planned])  # so the plan is not offered again


async def test_answers_go_below_the_message_they_belong_to(tab: Tab) -> None:
    join(tab)
    await do(tab, ChatState.fix, report="an app for my club")
    asked = end_first_turn(questions=[{"id": "who", "text": "Who is it for?", "options": ["Me"], "allows_other": True}])
    await open_editor(tab)

    await do(tab, ChatState.answer, turn_id=asked, answers={"who": "All members"})

    await until(lambda: [turn.label for turn in turns(tab)] == ["", "Who is it for? All members"])
    assert [row.prompt for row in rows() if row.follows_id] == ["an app for my club\n\nWho is it for? All members"]


async def test_the_end_of_a_turn_sends_no_turn_of_before(tab: Tab, work: Work) -> None:
    join(tab)
    await do(tab, ChatState.fix, report="first one")
    end_first_turn()
    await do(tab, ChatState.fix, report="second one")
    await open_editor(tab)
    sent = len(tab.seen("turns"))
    await asyncio.to_thread(work)
    await until(lambda: statuses(tab) == ["succeeded", "succeeded"])
    assert [[turn.prompt for turn in told] for told in tab.seen("turns")[sent:]][-1] == ["second one"]


async def test_what_opens_comes_with_its_newest_turns_only(tab: Tab) -> None:
    join(tab)
    with db.transaction() as session:
        app = session.exec(select(App)).one()
        for number in range(NEWEST + 3):
            turn = make_generation(session, app, prompt=f"message {number}", status=GenerationStatus.SUCCEEDED)
            turn.created_at = utc_now() - timedelta(minutes=60 - number)
    await open_editor(tab)
    shown = turns(tab)
    assert [turn.prompt for turn in shown] == [f"message {number}" for number in range(3, NEWEST + 3)]
    assert shown[0].before != ""


async def test_two_turns_that_end_between_two_looks_are_both_told(tab: Tab, work: Work) -> None:
    join(tab)
    await open_editor(tab)
    await do(tab, ChatState.send, text="first one")
    await do(tab, ChatState.send, text="second one")
    await until(lambda: statuses(tab) == ["queued", "queued"])
    await asyncio.to_thread(work)
    await until(lambda: statuses(tab) == ["succeeded", "succeeded"])


async def test_what_was_asked_for_is_not_suggested_again(tab: Tab, work: Work) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    assert FOR_RECIPES[0] in tab.seen("suggestions")[-1]
    await do(tab, ChatState.send, text=FOR_RECIPES[0].lower())
    await until(lambda: tab.seen("suggestions")[-1] == [])
    await asyncio.to_thread(work)
    await until(lambda: statuses(tab) == ["succeeded"])
    assert FOR_RECIPES[0] not in tab.seen("suggestions")[-1]


async def test_messages_that_wait_are_changed_and_put_in_another_order(tab: Tab, work: Work) -> None:
    join(tab)
    await open_editor(tab)
    for text in ("first one", "second one", "third one"):
        await do(tab, ChatState.send, text=text)
    await until(lambda: len(turns(tab)) == 3)
    third = turns(tab)[2].id
    await do(tab, ChatState.move_waiting, turn_id=third, place=0)
    await do(tab, ChatState.edit_waiting, turn_id=third, text="the third, first")
    await until(lambda: [turn.prompt for turn in turns(tab)] == ["the third, first", "first one", "second one"])
    await asyncio.to_thread(work)
    await until(lambda: statuses(tab) == ["succeeded"] * 3)
    assert min(rows(), key=lambda row: row.finished_at or utc_now()).prompt == "the third, first"


async def test_an_edited_message_goes_back_and_takes_the_place_of_the_first(
    tab: Tab, author: FakeAuthor, work: Work
) -> None:
    author.scripts = [writes("src/App.tsx", "one\n"), writes("src/App.tsx", "two\n"), writes("src/Other.tsx", "x\n")]
    join(tab)
    await open_editor(tab)
    for text in ("first one", "second one"):
        await do(tab, ChatState.send, text=text)
        await asyncio.to_thread(work)
    await until(lambda: statuses(tab) == ["succeeded", "succeeded"])
    replaced = turns(tab)[1].id
    await do(tab, ChatState.send_again, turn_id=replaced, text="the second, better")
    await asyncio.to_thread(work)
    await until(lambda: statuses(tab) == ["succeeded"] * 3)
    assert turns(tab)[2].replaces == replaced
    with db.transaction() as session:
        files = read_files(session, session.exec(select(App.id)).one())
    assert (files["src/App.tsx"], files["src/Other.tsx"]) == ("one\n", "x\n")


async def test_a_version_is_branched_into_another_app(tab: Tab) -> None:
    join(tab, versions=2)
    await do(tab, ChatState.branch, number=1)
    with db.transaction() as session:
        branch = session.exec(select(App).where(App.slug != SLUG)).one()
    assert branch.origin_version == 1
    assert f"/studio/{branch.slug}" in str(tab.events[-1])


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        (ChatState.send, {"text": "take it over"}),
        (ChatState.fix, {"report": "take it over"}),
        (ChatState.stop, {"turn_id": "00000000-0000-0000-0000-000000000000"}),
        (ChatState.build_plan, {"turn_id": "00000000-0000-0000-0000-000000000000", "steps": ["take it over"]}),
        (ChatState.answer, {"turn_id": "00000000-0000-0000-0000-000000000000", "answers": {}}),
        (ChatState.send_again, {"turn_id": "00000000-0000-0000-0000-000000000000", "text": "take it over"}),
        (ChatState.edit_waiting, {"turn_id": "00000000-0000-0000-0000-000000000000", "text": "take it over"}),
        (ChatState.move_waiting, {"turn_id": "00000000-0000-0000-0000-000000000000", "place": 0}),
        (ChatState.branch, {"number": 1}),
    ],
)
async def test_a_stranger_can_do_nothing_here(tab: Tab, handler: Any, payload: dict[str, Any]) -> None:
    join(tab)
    join_as_stranger(tab)
    with contextlib.suppress(OverskillError):
        await do(tab, handler, **payload)
    assert rows() == []


async def test_who_is_signed_out_is_asked_to_sign_in(tab: Tab) -> None:
    with pytest.raises(SignInRequired):
        await tab.do(ChatState.fix, path=PATH, report="hello there")
