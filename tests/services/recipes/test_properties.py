"""Whatever is typed: an app, a closed stream, nothing broken."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from overskill.services.generation.events import Event, Kind
from overskill.services.generation.recipes.spec import SPEC_PATH, from_json, to_json
from overskill.services.generation.recipes.views import write_app
from tests.services.recipes.prompts import FOLLOW_UPS, PROMPTS
from tests.services.recipes.turns import Chat, started

WORDS = sorted(
    {word for prompt in PROMPTS for word in prompt.split()} | {"{", "}", "`", "${x}", '"', "\\", "</div>", "it's"}
)
SAID = sorted({word for _, messages in FOLLOW_UPS for message in messages for word in message.split()})
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
MESSAGES = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(SAID + WORDS), max_size=10).map(" ".join))


def assert_closed(events: list[Event]) -> None:
    opened = ""
    for event in events:
        if event.kind is Kind.OPEN:
            assert not opened
            opened = event.path
        elif event.kind is Kind.DELTA:
            assert event.path == opened
        elif event.kind is Kind.CLOSE:
            assert event.path == opened
            opened = ""
        else:
            assert not opened
    assert not opened
    assert events[-1].kind is Kind.USAGE


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_any_prompt_gives_an_app_and_a_closed_stream(prompt: str) -> None:
    chat = Chat()
    assert_closed(chat.say(prompt))
    assert chat.name
    spec = from_json(chat.files[SPEC_PATH])
    assert from_json(to_json(spec, {})) == spec
    assert all(chat.files[path] == text for path, text in write_app(spec).items())


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PROMPTS), st.lists(MESSAGES, max_size=3))
def test_any_messages_leave_the_app_as_its_spec_says(prompt: str, messages: list[str]) -> None:
    chat = started(prompt)
    for message in messages:
        assert_closed(chat.say(message))
    assert all(chat.files[path] == text for path, text in write_app(from_json(chat.files[SPEC_PATH])).items())


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    )
)
def test_a_damaged_spec_is_told_and_nothing_is_written(damaged: object) -> None:
    chat = started("something to keep track of my plants")
    chat.files[SPEC_PATH] = json.dumps(damaged)
    before = dict(chat.files)
    chat.say("make it purple")
    assert chat.files == before
