"""The text protocol: whatever a model writes, however it is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overskill.services.generation.events import Event, Kind
from overskill.services.generation.lookups import Finish, Item, Lookup, LookupKind
from overskill.services.generation.text_protocol import TextParser
from tests.services.generation.streams import cut, joined

REPLY = """Sure, here it is < ok.
<os-name>Streaky</os-name>
<os-plan>
A habit tracker with streaks.
- Store habits in the browser
1. Draw the week
</os-plan>
<os-write path="src/App.tsx">
export default function App() {
  return <div title="</os-write> inline is fine">{"a" < "b" ? `&lt;` : null}</div>
}
</os-write>
Now the edit:
<os-edit path="./src/a.ts">
<<<<<<< SEARCH
const a = 1
=======
const a = 2
>>>>>>> REPLACE
<<<<<<< SEARCH
foo()
=======
>>>>>>> REPLACE
</os-edit>
<os-rename from="src/a.ts" to="src/b.ts"/>
<os-delete path='src/old.css'/>
<os-packages add="zod, clsx" remove="axios"/>
<os-read path="src/b.ts"/>
<os-list/>
<os-search text="useStore"/>
  <os-write path="src/fenced.css">
```css
a {}

```
</os-write>
<os-finish/>
Done"""


def parse(*pieces: str) -> list[Item]:
    parser = TextParser()
    items = [item for piece in pieces for item in parser.feed(piece)]
    return joined([*items, *parser.end()])


def written(items: list[Item]) -> dict[str, str]:
    return {item.path: item.text for item in items if isinstance(item, Event) and item.kind is Kind.CLOSE}


def bad(items: list[Item]) -> list[str]:
    return [item.text for item in items if isinstance(item, Event) and item.kind is Kind.BAD]


def test_every_tag_becomes_its_event() -> None:
    app = (
        'export default function App() {\n  return <div title="</os-write> inline is fine">'
        '{"a" < "b" ? `&lt;` : null}</div>\n}\n'
    )
    steps = ["Store habits in the browser", "Draw the week"]
    assert parse(REPLY) == [
        Event(Kind.PROSE, text="Sure, here it is < ok.\n"),
        Event(Kind.NAME, text="Streaky"),
        Event(Kind.PLAN, data={"summary": "A habit tracker with streaks.", "steps": steps}),
        Event(Kind.OPEN, "src/App.tsx"),
        Event(Kind.DELTA, "src/App.tsx", app),
        Event(Kind.CLOSE, "src/App.tsx", app),
        Event(Kind.PROSE, text="Now the edit:\n"),
        Event(Kind.EDIT, "src/a.ts", data={"search": "const a = 1\n", "replace": "const a = 2\n"}),
        Event(Kind.EDIT, "src/a.ts", data={"search": "foo()\n", "replace": ""}),
        Event(Kind.RENAME, "src/a.ts", data={"to": "src/b.ts"}),
        Event(Kind.DELETE, "src/old.css"),
        Event(Kind.PACKAGES, data={"add": ["zod", "clsx"], "remove": ["axios"]}),
        Lookup(LookupKind.READ, "src/b.ts"),
        Lookup(LookupKind.LIST),
        Lookup(LookupKind.SEARCH, "useStore"),
        Event(Kind.OPEN, "src/fenced.css"),
        Event(Kind.DELTA, "src/fenced.css", "a {}\n\n"),
        Event(Kind.CLOSE, "src/fenced.css", "a {}\n\n"),
        Finish(),
        Event(Kind.PROSE, text="Done"),
    ]


def test_the_cuts_do_not_matter_character_by_character() -> None:
    assert parse(*REPLY) == parse(REPLY)


@given(st.integers(0, 10**9), st.integers(1, 120))
def test_the_cuts_do_not_matter(seed: int, pieces: int) -> None:
    assert parse(*cut(REPLY, seed, pieces)) == parse(REPLY)


@given(st.integers(0, 10**9), st.integers(1, 120))
def test_windows_line_ends_do_not_matter(seed: int, pieces: int) -> None:
    assert parse(*cut(REPLY.replace("\n", "\r\n"), seed, pieces)) == parse(REPLY)


@given(
    st.text(min_size=1, max_size=300).filter(
        lambda body: "\r" not in body and "```" not in body and "<os-" not in body
    ),
    st.integers(0, 9999),
)
def test_a_file_is_what_was_written(body: str, seed: int) -> None:
    items = parse(*cut(f'<os-write path="f.ts">\n{body}\n</os-write>\n', seed, 9))
    shown = "".join(item.text for item in items if isinstance(item, Event) and item.kind is Kind.DELTA)
    assert written(items) == {"f.ts": f"{body}\n"}
    assert shown == f"{body}\n"


def test_a_file_is_shown_before_its_line_is_complete() -> None:
    parser = TextParser()
    list(parser.feed('<os-write path="a.ts">\n'))
    assert [item.text for item in parser.feed("const x") if isinstance(item, Event)] == ["const x"]
    assert [item.text for item in parser.feed(" = 1\nlet") if isinstance(item, Event)] == [" = 1\n", "let"]


@given(st.integers(1, len(REPLY) - 1))
def test_a_cut_reply_never_half_writes(length: int) -> None:
    whole = written(parse(REPLY))
    for path, content in written(parse(REPLY[:length])).items():
        assert whole[path] == content


def test_a_file_that_is_not_closed_is_bad() -> None:
    items = parse('<os-write path="a.ts">\nconst a')
    assert written(items) == {}
    assert bad(items) == ["The reply ended before <os-write> was closed. Nothing of it was applied."]


def test_an_edit_that_is_not_closed_is_bad() -> None:
    items = parse('<os-edit path="a.ts">\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n')
    assert [item.kind for item in items if isinstance(item, Event)] == [Kind.BAD]


def test_one_broken_block_makes_the_whole_edit_bad() -> None:
    block = "<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n"
    items = parse(f'<os-edit path="a.ts">\n{block}<<<<<<< SEARCH\nc\n</os-edit>\n')
    assert [item.kind for item in items if isinstance(item, Event)] == [Kind.BAD]


def test_a_forgotten_closing_tag_loses_only_its_own_file() -> None:
    items = parse('<os-write path="a.ts">\na\n<os-write path="b.ts">\nb\n</os-write>\n')
    assert written(items) == {"b.ts": "b\n"}
    assert len(bad(items)) == 1


def test_a_tag_without_a_path_is_bad_and_its_body_is_no_prose() -> None:
    items = parse("<os-write>\nsecret body\n</os-write>\nafter\n")
    assert bad(items) == ["A tag without a path: nothing of it was used."]
    assert items[-1] == Event(Kind.PROSE, text="after\n")


def test_an_unknown_tag_is_bad() -> None:
    assert len(bad(parse('<os-run command="rm"/>\n'))) == 1


def test_a_stray_closing_tag_is_ignored() -> None:
    assert parse("</os-write>\n") == []


def test_markup_in_prose_is_prose() -> None:
    text = "Use <os-write path> for that.\n\n  <div> and ``` stay\n"
    assert parse(text) == [Event(Kind.PROSE, text=text)]


def test_an_empty_file_is_empty() -> None:
    assert written(parse('<os-write path="a.ts">\n</os-write>\n')) == {"a.ts": ""}


def test_a_fence_in_a_markdown_file_is_kept() -> None:
    body = "```sh\nls\n```\n"
    assert written(parse(f'<os-write path="README.md">\n{body}</os-write>')) == {"README.md": body}


def test_a_fence_mark_in_the_middle_of_a_fenced_file_is_kept() -> None:
    items = parse('<os-write path="a.ts">\n```ts\nconst md = `\n```\n`\n```\n</os-write>\n')
    assert written(items) == {"a.ts": "const md = `\n```\n`\n"}


@pytest.mark.parametrize("marker", ["====", "======= x", "=========="])
def test_a_line_that_only_resembles_the_divider_is_part_of_the_search(marker: str) -> None:
    items = parse(
        f'<os-edit path="a.md">\n<<<<<<< SEARCH\nTitle\n{marker}\n=======\nNew\n>>>>>>> REPLACE\n</os-edit>\n'
    )
    assert items == [Event(Kind.EDIT, "a.md", data={"search": f"Title\n{marker}\n", "replace": "New\n"})]
