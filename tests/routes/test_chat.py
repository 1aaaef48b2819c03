from datetime import timedelta
from uuid import UUID, uuid4

import httpx
from sqlmodel import Session

from overskill import db
from overskill.models import App, ChatMessage, Generation, GenerationStatus, MessageAuthor, VersionCause
from overskill.models.base import utc_now
from overskill.services.apps import save_version, write_files
from tests.factories import make_app, make_generation, make_user
from tests.routes.conftest import sign_in

TURNS = "/api/studio/habits/turns"
PATH = "src/App.tsx"


def arrange(client: httpx.AsyncClient, *, turns: int = 0) -> list[UUID]:
    """An app with so many turns that are over; their ids, oldest first."""
    with db.transaction() as session:
        user = make_user(session)
        sign_in(client, session, user)
        app = make_app(session, user, slug="habits")
        made = []
        for number in range(turns):
            turn = make_generation(session, app, prompt=f"Message {number}", status=GenerationStatus.SUCCEEDED)
            turn.created_at = utc_now() - timedelta(hours=turns - number)
            session.add(turn)
            say(session, turn, MessageAuthor.USER, turn.prompt)
            made.append(turn.id)
        return made


def say(session: Session, turn: Generation, author: MessageAuthor, text: str) -> None:
    session.add(ChatMessage(app_id=turn.app_id, author=author, generation_id=turn.id, text=text))


def arrange_version(turn_id: UUID, text: str | None, *, path: str = PATH) -> None:
    with db.transaction() as session:
        turn = session.get_one(Generation, turn_id)
        app = session.get_one(App, turn.app_id)
        write_files(session, app.id, {path: text})
        turn.version = save_version(session, app, note="Written", cause=VersionCause.GENERATION).number
        session.add(turn)


async def told(client: httpx.AsyncClient, **places: UUID) -> tuple[list[str], bool]:
    page = (await client.get(TURNS, params={name: str(place) for name, place in places.items()})).json()
    return [turn["id"] for turn in page["turns"]], page["has_earlier"]


async def test_turns_are_read_a_page_at_a_time_back_to_the_first(client: httpx.AsyncClient) -> None:
    ids = [str(turn) for turn in arrange(client, turns=45)]
    assert await told(client) == (ids[5:], True)
    assert await told(client, before=UUID(ids[5])) == (ids[:5], False)


async def test_each_turn_names_the_one_before_it(client: httpx.AsyncClient) -> None:
    ids = [str(turn) for turn in arrange(client, turns=42)]
    page = (await client.get(TURNS)).json()["turns"]
    assert [turn["before"] for turn in page] == ids[1:-1]
    assert (await client.get(TURNS, params={"before": ids[2]})).json()["turns"][0]["before"] == ""


async def test_a_turn_that_was_searched_for_is_read_with_all_between(client: httpx.AsyncClient) -> None:
    ids = [str(turn) for turn in arrange(client, turns=60)]
    assert await told(client, before=UUID(ids[50]), until=UUID(ids[3])) == (ids[3:50], True)
    assert await told(client, before=UUID(ids[50]), until=UUID(ids[0])) == (ids[:50], False)


async def test_what_was_said_is_found_in_messages_and_answers(client: httpx.AsyncClient) -> None:
    [first, second] = arrange(client, turns=2)
    with db.transaction() as session:
        answer = f"{'x' * 100} I made the Button\ngreen. {'y' * 100}"
        say(session, session.get_one(Generation, first), MessageAuthor.ASSISTANT, answer)
    [hit] = (await client.get(f"{TURNS}/search", params={"q": "the  BUTTON"})).json()["hits"]
    assert (hit["turn"], hit["author"]) == (str(first), "assistant")
    assert (hit["lead"][0], hit["words"], hit["rest"][:8], hit["rest"][-1]) == ("…", "the Button", " green. ", "…")
    assert [hit["turn"] for hit in (await client.get(f"{TURNS}/search?q=message%201")).json()["hits"]] == [str(second)]


async def test_signs_that_mean_something_to_a_database_are_only_signs(client: httpx.AsyncClient) -> None:
    arrange(client, turns=1)
    for words in ("%%", "__", "\\\\", "a\0b", "x"):
        assert (await client.get(f"{TURNS}/search", params={"q": words})).json() == {"hits": []}


async def test_what_a_turn_did_to_the_files_is_told_with_lines_that_came_and_went(client: httpx.AsyncClient) -> None:
    first, second, third = arrange(client, turns=3)
    arrange_version(first, "one\ntwo\nthree\n")
    arrange_version(second, "one\n2\nthree\nfour\n")
    arrange_version(third, None)
    [file] = (await client.get(f"/api/turns/{second}/files")).json()["files"]
    assert (file["path"], file["added"], file["removed"]) == (PATH, 2, 1)
    assert file["before"] != file["after"]
    [gone] = (await client.get(f"/api/turns/{third}/files")).json()["files"]
    assert (gone["after"], gone["added"], gone["removed"]) == (None, 0, 4)
    texts = (await client.get(f"/api/turns/{second}/files/{PATH}")).json()
    assert texts == {"path": PATH, "before": "one\ntwo\nthree\n", "after": "one\n2\nthree\nfour\n"}


async def test_a_turn_without_a_version_changed_no_file(client: httpx.AsyncClient) -> None:
    [turn] = arrange(client, turns=1)
    assert (await client.get(f"/api/turns/{turn}/files")).json() == {"files": []}
    assert (await client.get(f"/api/turns/{turn}/files/{PATH}")).status_code == 404


async def test_nobody_reads_somebody_elses_chat(client: httpx.AsyncClient) -> None:
    [turn] = arrange(client, turns=1)
    with db.transaction() as session:
        sign_in(client, session, make_user(session))
    for address in (TURNS, f"{TURNS}/search?q=message", f"/api/turns/{turn}/files", f"/api/turns/{turn}/files/{PATH}"):
        assert (await client.get(address)).status_code == 404


async def test_a_visitor_is_told_to_sign_in(client: httpx.AsyncClient) -> None:
    assert (await client.get(TURNS)).status_code == 401


async def test_a_turn_of_another_app_is_no_place_in_this_one(client: httpx.AsyncClient) -> None:
    arrange(client, turns=1)
    with db.transaction() as session:
        other = make_generation(session, make_app(session, make_user(session)))
    for place in (other.id, uuid4(), "nonsense"):
        assert (await client.get(TURNS, params={"before": str(place)})).status_code == 404
