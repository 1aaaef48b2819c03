"""The text protocol, for models without tool calls.

    <os-name>Streaky</os-name>
    <os-plan>
    One sentence: what is going to be done.
    - a step
    </os-plan>
    <os-write path="src/App.tsx">
    the whole file, raw: nothing is escaped
    </os-write>
    <os-edit path="src/App.tsx">
    <<<<<<< SEARCH
    lines as they are
    =======
    lines as they shall be
    >>>>>>> REPLACE
    </os-edit>
    <os-delete path="src/old.ts"/>
    <os-rename from="src/a.ts" to="src/b.ts"/>
    <os-packages add="zod clsx"/>
    <os-read path="src/lib/store.ts"/>  <os-list/>  <os-search text="useStore"/>
    <os-finish/>

A tag counts only when it is alone on its line, so a file may contain anything else. Everything outside is prose.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from overskill.services.generation.events import Event, Kind
from overskill.services.generation.lookups import Finish, Item, Lookup, LookupKind

_TAG = re.compile(r"<os-(?P<name>[a-z]+)(?P<attributes>(\s[^<>]*?)?)(?P<alone>/?)>")
_ONE_LINE = re.compile(r"<os-(?P<name>[a-z]+)>(?P<text>.*)</os-(?P=name)>")
_CLOSING = re.compile(r"</os-(?P<name>[a-z]+)>")
_ATTRIBUTE = re.compile(r"""([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'/]+))""")
_STARTS = ("<os-", "</os-")
_FENCE = "```"
_SEARCH, _DIVIDER, _REPLACE = (
    re.compile(r"<{5,9} ?SEARCH\b.*"),
    re.compile(r"={5,9}\s*"),
    re.compile(r">{5,9} ?REPLACE\b.*"),
)


class TextParser:
    """One per reply. Feed it pieces of any size; call `end` after the last one."""

    def __init__(self) -> None:
        self._line = ""  # of the current line, what was not handed on
        self._line_was_released = False  # its beginning was, so it is no tag
        self._block = ""  # the tag whose body is being read
        self._path = ""
        self._body: list[str] = []  # of the block: complete lines for edits and plans, released text for files
        self._held: list[str] = []  # lines that are dropped if the file ends after them: the end of a fence
        self._in_fence = False

    def feed(self, chunk: str) -> Iterator[Item]:
        *lines, rest = (self._line + chunk).split("\n")
        for line in lines:
            self._line = ""
            yield from self._end_of_line(line.removesuffix("\r"))
            self._line_was_released = False
        self._line = rest
        yield from self._release()

    def end(self) -> Iterator[Item]:
        """The reply is over. A block that is not closed is lost."""
        line, self._line = self._line.removesuffix("\r"), ""
        if line and (self._block or not self._line_was_released):
            yield from self._end_of_line(line, newline="")
        elif line:
            yield Event(Kind.PROSE, text=line)
        if self._block:
            yield self._lost("The reply ended")
            self._block = ""

    def _release(self) -> Iterator[Item]:
        """Hand on the beginning of a line as soon as it can't be a tag or the end of a fence."""
        text = self._line.rstrip("\r")
        if not text or self._block not in ("", "write"):
            return
        if not self._line_was_released and (not text.strip() or self._could_matter(text.lstrip())):
            return
        self._line = self._line[len(text) :]
        yield from self._text(text)
        self._line_was_released = True

    def _could_matter(self, text: str) -> bool:
        marks = (*_STARTS, _FENCE) if self._block == "write" else _STARTS
        return any(text.startswith(mark) or mark.startswith(text) for mark in marks)

    def _text(self, text: str) -> Iterator[Item]:
        if not self._block:
            yield Event(Kind.PROSE, text=text)
            return
        text = "".join([*self._held, text])
        self._held.clear()
        self._body.append(text)
        yield Event(Kind.DELTA, self._path, text)

    def _end_of_line(self, line: str, newline: str = "\n") -> Iterator[Item]:
        if self._line_was_released:
            yield from self._text(line + newline)
        elif self._block:
            yield from self._block_line(line, newline)
        else:
            yield from self._prose_line(line, newline)

    def _prose_line(self, line: str, newline: str) -> Iterator[Item]:
        text = line.strip()
        if tag := _TAG.fullmatch(text):
            yield from self._tag(tag["name"], _attributes(tag["attributes"]), alone=bool(tag["alone"]))
        elif one := _ONE_LINE.fullmatch(text):
            yield from self._one_line(one["name"], one["text"].strip())
        elif text.startswith("<os-"):
            yield Event(Kind.BAD, text=f"This line is no tag that can be used: {text[:200]}")
        elif not _CLOSING.fullmatch(text):
            yield Event(Kind.PROSE, text=line + newline)

    def _tag(self, name: str, attributes: dict[str, str], *, alone: bool) -> Iterator[Item]:
        path = attributes.get("path", "")
        if name in ("write", "edit", "plan") and not alone:
            usable = path or name == "plan"
            self._block, self._path, self._in_fence = name if usable else "unusable", path, False
            self._body, self._held = [], []
            if self._block == "write":
                yield Event(Kind.OPEN, path)
        else:
            needed, meaning = _SINGLE_TAGS.get(name, ((), None))
            if meaning and all(attributes.get(attribute) for attribute in needed):
                yield meaning(attributes)
            else:
                yield Event(Kind.BAD, path, f"<os-{name}> is no tag, or lacks what it needs.")

    def _one_line(self, name: str, text: str) -> Iterator[Item]:
        if name == "name" and text:
            yield Event(Kind.NAME, text=text)
        elif name == "plan" and text:
            yield Event(Kind.PLAN, data={"summary": text, "steps": []})
        else:
            yield Event(Kind.BAD, text=f"<os-{name}> can't be on one line.")

    def _block_line(self, line: str, newline: str) -> Iterator[Item]:
        text = line.strip()
        closing = _CLOSING.fullmatch(text)
        if closing and closing["name"] == (self._block if self._block != "unusable" else closing["name"]):
            yield from self._close()
        elif self._is_next_block(line):
            yield self._lost(f"Another tag began ({line.strip()[:80]})")
            self._block = ""
            yield from self._prose_line(line, newline)
        elif self._block == "write":
            yield from self._file_line(line, text, newline)
        else:
            self._body.append(line)

    def _is_next_block(self, line: str) -> bool:
        tag = _TAG.fullmatch(line.rstrip())
        return bool(tag and tag["name"] in ("write", "edit") and "path" in _attributes(tag["attributes"]))

    def _file_line(self, line: str, text: str, newline: str) -> Iterator[Item]:
        """Models like to wrap a file in a code fence: its first and last lines are not part of the file."""
        is_fence = text.startswith(_FENCE) and not self._path.endswith((".md", ".mdx"))
        if is_fence and not self._body and not self._held and not self._in_fence:
            self._in_fence = True
        elif self._in_fence and (text == _FENCE or (self._held and not text)):
            self._held.append(line + newline)
        else:
            yield from self._text(line + newline)

    def _close(self) -> Iterator[Item]:
        block, self._block = self._block, ""
        if block == "write":
            yield Event(Kind.CLOSE, self._path, "".join(self._body))
        elif block == "edit":
            yield from self._edits()
        elif block == "plan":
            lines = [line.strip() for line in self._body if line.strip()]
            steps = [line.lstrip("-*0123456789. ") for line in lines[1:]]
            yield Event(Kind.PLAN, data={"summary": lines[0] if lines else "", "steps": steps})
        else:
            yield Event(Kind.BAD, text="A tag without a path: nothing of it was used.")

    def _edits(self) -> Iterator[Item]:
        edits = parse_edits(self._body)
        if not edits:
            reason = "An edit needs blocks of <<<<<<< SEARCH, =======, >>>>>>> REPLACE. Nothing of it was applied."
            yield Event(Kind.BAD, self._path, reason)
            return
        yield from [Event(Kind.EDIT, self._path, data=edit) for edit in edits]

    def _lost(self, how: str) -> Event:
        what = f"<os-{self._block}>" if self._block != "unusable" else "a tag without a path"
        return Event(Kind.BAD, self._path, f"{how} before {what} was closed. Nothing of it was applied.")


def _attributes(text: str) -> dict[str, str]:
    values = {name: double or single or bare for name, double, single, bare in _ATTRIBUTE.findall(text)}
    return {name: value.strip().removeprefix("./") for name, value in values.items()}


def _names(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _packages(said: Mapping[str, str]) -> Event:
    return Event(Kind.PACKAGES, data={"add": _names(said.get("add", "")), "remove": _names(said.get("remove", ""))})


_SINGLE_TAGS: dict[str, tuple[tuple[str, ...], Callable[[Mapping[str, str]], Item]]] = {
    "delete": (("path",), lambda said: Event(Kind.DELETE, said["path"])),
    "rename": (("from", "to"), lambda said: Event(Kind.RENAME, said["from"], data={"to": said["to"]})),
    "packages": ((), _packages),
    "read": (("path",), lambda said: Lookup(LookupKind.READ, said["path"])),
    "list": ((), lambda said: Lookup(LookupKind.LIST, said.get("folder", ""))),
    "search": (("text",), lambda said: Lookup(LookupKind.SEARCH, said["text"])),
    "finish": ((), lambda _: Finish()),
}


def parse_edits(lines: list[str]) -> list[dict[str, str]]:
    """The search-and-replace blocks of an edit; none at all if one of them is not complete."""
    edits: list[dict[str, str]] = []
    search: list[str] | None = None
    replace: list[str] | None = None
    for line in lines:
        if search is None:
            search = [] if _SEARCH.fullmatch(line.strip()) else None
        elif replace is None:
            if _DIVIDER.fullmatch(line):
                replace = []
            else:
                search.append(f"{line}\n")
        elif _REPLACE.fullmatch(line.strip()):
            edits.append({"search": "".join(search), "replace": "".join(replace)})
            search = replace = None
        else:
            replace.append(f"{line}\n")
    return edits if search is None else []
