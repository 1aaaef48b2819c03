"""Tool calls: arguments that arrive in pieces, in any order, or broken."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overskill.services.generation.events import Event, Kind
from overskill.services.generation.json_tap import JsonStringTap
from overskill.services.generation.lookups import Finish, Item, Lookup, LookupKind
from overskill.services.generation.tool_protocol import ToolParser
from tests.services.generation.streams import cut, joined


def call(name: str, *pieces: str) -> list[Item]:
    parser = ToolParser()
    parser.start(0, name)
    items: list[Item] = [item for piece in pieces for item in parser.feed(0, piece)]
    return joined([*items, *parser.end(0)])


def bad(items: list[Item]) -> str:
    (event,) = items[-1:]
    assert isinstance(event, Event)
    assert event.kind is Kind.BAD
    return event.text


any_text = st.text(max_size=200).filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text))


@given(
    content=any_text,
    path=st.text('abc/é.\\"', min_size=1, max_size=30).filter(lambda path: path.strip().removeprefix("./")),
    seed=st.integers(0, 9999),
    is_ascii=st.booleans(),
    content_first=st.booleans(),
)
def test_a_file_is_shown_as_its_arguments_arrive(
    content: str, path: str, seed: int, is_ascii: bool, content_first: bool
) -> None:
    names = {"content": content, "path": path} if content_first else {"path": path, "content": content}
    arguments = json.dumps(names | {"extra": {"x": ["y", {"content": "no"}]}}, ensure_ascii=is_ascii)
    path = path.strip().removeprefix("./")
    expected = [Event(Kind.OPEN, path), Event(Kind.CLOSE, path, content)]
    if content:
        expected.insert(1, Event(Kind.DELTA, path, content))
    items = call("write_file", *cut(arguments, seed, 25))
    if items[0] == Event(Kind.OPEN, path) and len(items) == 2:
        expected = [expected[0], expected[-1]]
    assert items == expected


def test_a_file_is_shown_before_the_call_is_complete() -> None:
    parser = ToolParser()
    parser.start(0, "write_file")
    assert list(parser.feed(0, '{"path":"src/a.ts","content":"const a')) == [
        Event(Kind.OPEN, "src/a.ts"),
        Event(Kind.DELTA, "src/a.ts", "const a"),
    ]
    assert list(parser.feed(0, "\\n\\u00")) == [Event(Kind.DELTA, "src/a.ts", "\n")]
    assert list(parser.feed(0, "e4b")) == [Event(Kind.DELTA, "src/a.ts", "äb")]


def test_two_calls_at_once_do_not_mix() -> None:
    parser = ToolParser()
    parser.start(0, "write_file")
    parser.start(1, "write_file")
    first = '{"path":"a.ts","content":"A"}'
    second = '{"path":"b.ts","content":"B"}'
    items: list[Item] = []
    for one, other in zip(first, second, strict=True):
        items += [*parser.feed(0, one), *parser.feed(1, other)]
    items += [*parser.end(0), *parser.end(1)]
    closed = [(item.path, item.text) for item in items if isinstance(item, Event) and item.kind is Kind.CLOSE]
    assert closed == [("a.ts", "A"), ("b.ts", "B")]


@pytest.mark.parametrize(
    ("name", "arguments", "items"),
    [
        (
            "edit_file",
            {"path": "./a.ts", "edits": [{"search": "a", "replace": "b"}, {"search": "c", "replace": ""}]},
            [
                Event(Kind.EDIT, "a.ts", data={"search": "a", "replace": "b"}),
                Event(Kind.EDIT, "a.ts", data={"search": "c", "replace": ""}),
            ],
        ),
        ("delete_file", {"path": "a.ts"}, [Event(Kind.DELETE, "a.ts")]),
        ("rename_file", {"from": "a.ts", "to": "b.ts"}, [Event(Kind.RENAME, "a.ts", data={"to": "b.ts"})]),
        ("add_dependency", {"packages": ["zod"]}, [Event(Kind.PACKAGES, data={"add": ["zod"], "remove": []})]),
        (
            "set_plan",
            {"summary": "A list", "steps": ["store"]},
            [Event(Kind.PLAN, data={"summary": "A list", "steps": ["store"]})],
        ),
        ("set_name", {"name": "Habit\n Hero"}, [Event(Kind.NAME, text="Habit Hero")]),
        ("read_file", {"path": "a.ts"}, [Lookup(LookupKind.READ, "a.ts")]),
        ("list_files", {}, [Lookup(LookupKind.LIST)]),
        ("search_files", {"text": "x"}, [Lookup(LookupKind.SEARCH, "x")]),
        ("finish", {}, [Finish()]),
    ],
)
def test_every_tool_becomes_its_event(name: str, arguments: dict[str, object], items: list[Item]) -> None:
    assert call(name, json.dumps(arguments)) == items


def test_a_call_without_arguments_may_send_nothing() -> None:
    assert call("finish") == [Finish()]


def test_edits_sent_as_json_text_are_understood() -> None:
    edits = json.dumps([{"search": "a", "replace": "b"}])
    assert call("edit_file", json.dumps({"path": "a.ts", "edits": edits})) == [
        Event(Kind.EDIT, "a.ts", data={"search": "a", "replace": "b"})
    ]


def test_one_edit_without_a_list_is_understood() -> None:
    assert call("edit_file", json.dumps({"path": "a.ts", "search": "a", "replace": "b"})) == [
        Event(Kind.EDIT, "a.ts", data={"search": "a", "replace": "b"})
    ]


def test_line_breaks_that_are_not_escaped_are_understood() -> None:
    items = call("write_file", '{"path":"a.ts","content":"one\ntwo"}')
    assert items[-1] == Event(Kind.CLOSE, "a.ts", "one\ntwo")


def test_a_truncated_call_is_bad_and_writes_nothing() -> None:
    items = call("write_file", '{"path":"a.ts","content":"abc')
    assert "not valid JSON" in bad(items)
    assert [item.kind for item in items if isinstance(item, Event)] == [Kind.OPEN, Kind.DELTA, Kind.BAD]


def test_a_reply_that_is_cut_off_loses_its_open_calls() -> None:
    parser = ToolParser()
    parser.start(0, "write_file")
    list(parser.feed(0, '{"path":"a.ts","content":"abc'))
    (event,) = parser.cut()
    assert (event.kind, event.path) == (Kind.BAD, "a.ts")
    assert list(parser.cut()) == []


@pytest.mark.parametrize(
    ("name", "arguments", "reason"),
    [
        ("write_file", '{"path":"a.ts"}', "`content` must be a string"),
        ("write_file", '{"content":"x"}', "`path` must be a string"),
        ("write_file", '{"path":" ","content":"x"}', "`path` is empty"),
        ("write_file", '["a.ts","x"]', "one JSON object"),
        ("edit_file", '{"path":"a.ts","edits":[]}', "a list of {search, replace}"),
        ("edit_file", '{"path":"a.ts","edits":[{"search":"a"}]}', "`replace` must be a string"),
        ("edit_file", '{"path":"a.ts","edits":"nothing"}', "a list of {search, replace}"),
        ("add_dependency", '{"packages":[1]}', "a list of strings"),
        ("run_shell", '{"command":"ls"}', "no such tool"),
    ],
)
def test_what_can_not_be_used_is_bad_with_the_reason(name: str, arguments: str, reason: str) -> None:
    assert reason in bad(call(name, arguments))


def test_half_a_surrogate_pair_is_replaced_everywhere() -> None:
    items = call("write_file", r'{"path":"a.ts","content":"x\ud83dy\ude00z"}')
    assert items[1:] == [Event(Kind.DELTA, "a.ts", "x�y�z"), Event(Kind.CLOSE, "a.ts", "x�y�z")]


@given(st.text(max_size=60), st.integers(0, 99))
def test_the_tap_never_fails_whatever_comes(garbage: str, seed: int) -> None:
    tap = JsonStringTap()
    for piece in cut("{" + garbage + "}", seed, 5):
        list(tap.feed(piece))
