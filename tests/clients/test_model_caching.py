"""Marks for providers that keep only what is marked."""

from typing import Any

from overskill.clients.model_caching import marked_for_caching

Message = dict[str, Any]


def message(role: str, content: object) -> Message:
    return {"role": role, "content": content}


def marked(messages: list[Message], lasting: int = 0) -> list[int]:
    return [
        place
        for place, one in enumerate(marked_for_caching(messages, lasting))
        if "cache_control" in str(one["content"])
    ]


def test_the_end_of_the_rules_of_what_lasts_of_the_request_and_of_all_is_marked() -> None:
    talk = [message("system", "rules"), *(message("user", f"{number}") for number in range(9))]
    assert marked(talk, lasting=4) == [0, 3, 4, 9]


def test_a_talk_without_a_lasting_part_has_its_rules_and_its_end_marked() -> None:
    assert marked([message("system", "rules"), message("user", "a"), message("user", "b")]) == [0, 2]


def test_a_message_without_text_is_left_as_it_is() -> None:
    assert marked([message("system", "rules"), message("assistant", "")]) == [0]


def test_of_a_message_with_pictures_its_text_is_marked() -> None:
    parts = [{"type": "text", "text": "look"}, {"type": "image_url", "image_url": {"url": "x"}}]
    (one,) = marked_for_caching([message("user", parts)])
    assert one["content"][0]["cache_control"] == {"type": "ephemeral"}
    assert one["content"][1] == parts[1]
