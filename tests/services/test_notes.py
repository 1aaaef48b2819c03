from redis import Redis

from overskill.services.notes import SECONDS, keep_note, read_note, take_note


def test_a_note_is_read_by_its_name(redis: Redis) -> None:
    name = keep_note(redis, "form", {"email": "ada@example.com", "error": "No."})
    assert read_note(redis, "form", name) == {"email": "ada@example.com", "error": "No."}


def test_a_note_that_is_not_there_is_empty(redis: Redis) -> None:
    assert read_note(redis, "form", "made up") == {}
    assert read_note(redis, "form", "") == {}


def test_kinds_of_notes_do_not_mix(redis: Redis) -> None:
    name = keep_note(redis, "draft", {"prompt": "a habit tracker"})
    assert read_note(redis, "form", name) == {}


def test_a_note_that_is_taken_is_gone(redis: Redis) -> None:
    name = keep_note(redis, "draft", {"prompt": "a habit tracker"})
    assert take_note(redis, "draft", name) == {"prompt": "a habit tracker"}
    assert take_note(redis, "draft", name) == {}


def test_notes_are_forgotten_after_a_while_and_stored_under_no_name_that_opens_them(redis: Redis) -> None:
    name = keep_note(redis, "draft", {"prompt": "a habit tracker"})
    (key,) = redis.keys("overskill:note:*")
    assert name not in key.decode()
    assert 0 < redis.ttl(key) <= SECONDS["draft"]
