"""The part of a conversation that stays the same from turn to turn."""

from itertools import pairwise

import pytest

from overskill.clients.models import Message
from overskill.services.generation.code_map import Detail
from overskill.services.generation.events import PastMessage, Turn
from overskill.services.generation.measures import weight
from overskill.services.generation.past import Story, first_version_told, story
from overskill.starter import starter_files
from tests.services.generation.large_app import Chat, long_chat


def told(chat: Chat, *, map_room: int = 60_000, chat_room: int = 30_000) -> Story:
    return story(chat.turn("x"), map_room=map_room, chat_room=chat_room)


def words(messages: list[Message]) -> str:
    return "\n".join(str(message["content"]) for message in messages)


def small_chat() -> Chat:
    chat = Chat(dict(starter_files()))
    chat.say("Make it", "Made.", {"src/a.ts": "export const a = 1;\n", "src/b.ts": "export const b = 1;\n"})
    return chat


@pytest.mark.parametrize(("map_room", "chat_room", "most"), [(60_000, 30_000, 6), (8_000, 4_000, 14), (500, 300, 5)])
def test_a_turn_only_appends_until_the_next_step(map_room: int, chat_room: int, most: int) -> None:
    stories = [told(long_chat(turns, 60), map_room=map_room, chat_room=chat_room).messages for turns in range(1, 45)]
    steps = [before != after[: len(before)] for before, after in pairwise(stories)]
    assert sum(steps) <= most
    assert sum(weight(str(message["content"])) for message in stories[-1]) <= map_room + chat_room + 100


def test_a_map_is_kept_for_some_versions() -> None:
    assert [first_version_told(number) for number in (0, 1, 2, 10, 11, 20, 21)] == [0, 1, 1, 1, 11, 11, 21]


def test_what_a_version_changed_is_said_once_and_where_it_happened() -> None:
    chat = small_chat()
    chat.say("Add c", "Added.", {"src/c.ts": "export const c = 1;\n", "src/b.ts": None})
    chat.say("Now more", "More.", {"src/a.ts": "export const a = 1;\nexport const more = 2;\n"})
    messages = told(chat).messages
    assert str(messages[-2]["content"]).startswith("[Version 2 changed]\nsrc/b.ts is gone\nsrc/c.ts")
    assert str(messages[-2]["content"]).endswith("Now more")
    assert "export const more" in told(chat).news
    assert words(messages).count("src/c.ts") == 1


def test_a_file_that_exports_the_same_as_before_is_only_named() -> None:
    chat = small_chat()
    chat.say("Comment it", "Done.", {"src/a.ts": "export const a = 1;\n// why\n"})
    assert told(chat).news == "[Version 2 changed]\nsrc/a.ts"


def test_the_files_are_known_as_the_last_version_left_them() -> None:
    chat = long_chat(15, 40)
    assert told(chat).files == chat.files


def test_a_version_that_no_message_made_is_told_before_the_next_that_did() -> None:
    chat = small_chat()
    chat.versions.append(type(chat.versions[0])(2, ("src/a.ts",), {"src/a.ts": "export const byHand = 1;\n"}))
    chat.files["src/a.ts"] = "export const byHand = 1;\n"
    chat.states.append(dict(chat.files))
    assert "byHand" in told(chat).news
    chat.say("Go on", "Yes.", {"src/z.ts": "export const z = 1;\n"})
    assert "byHand" in str(told(chat).messages[-2]["content"])


def test_a_message_without_a_version_changes_nothing_before_it() -> None:
    chat = small_chat()
    before = told(chat).messages
    chat.say("What does it do?", "It keeps letters.", {})
    after = told(chat).messages
    assert after[: len(before)] == before
    assert [message["content"] for message in after[len(before) :]][1] == "It keeps letters."


def test_long_chats_keep_the_latest_whole_and_the_older_as_lines() -> None:
    chat = long_chat(200, 40)
    messages = told(chat).messages
    first = str(messages[0]["content"])
    assert "# Earlier in this chat" in first
    assert "→ version 150: " in first
    assert chat.history[-1].text == messages[-1]["content"]


def test_lines_that_have_no_room_are_counted() -> None:
    chat = long_chat(200, 40)
    assert "messages before these are left out]" in str(told(chat, chat_room=6_000).messages[0]["content"])


def test_a_long_message_is_cut_with_a_mark() -> None:
    chat = small_chat()
    chat.say("x" * 5_000, "y" * 5_000, {})
    asked, answered = (str(message["content"]) for message in told(chat).messages[-2:])
    assert asked.endswith("more characters]")
    assert answered.endswith("more characters]")


def test_a_turn_that_was_not_answered_stays_a_pair() -> None:
    chat = small_chat()
    chat.history.append(PastMessage("user", "and this?"))
    assert told(chat).messages[-1]["role"] == "assistant"


def test_an_unknown_past_is_taken_from_the_files_as_they_are() -> None:
    files = starter_files() | {"src/a.ts": "export const a = 1;\n"}
    history = (PastMessage("user", "Make it"), PastMessage("assistant", "Made."))
    turn = Turn(prompt="x", app_name="A", files=files, history=history, is_first=False)
    known = story(turn, map_room=9_000, chat_room=9_000)
    assert "export const a" in words(known.messages)
    assert known.news == ""


def test_a_map_without_room_is_said_to_be_missing() -> None:
    known = told(long_chat(3, 60), map_room=300)
    assert known.detail is Detail.NOTHING
    assert "no room" in words(known.messages)
