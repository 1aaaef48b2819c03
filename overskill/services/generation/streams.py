"""Streams of models, written by hand or recorded: what `overskill evals` runs.

A hand-made one is a TOML file:

    about = "The stream breaks off inside the second file, and the model goes on when it is asked to."
    prompt = "a water intake tracker"
    expect = "works"              # see Expectation
    seen_by = "browser"           # what is wrong in it is seen in a browser only, or by the type checker: "types"
    says = "broke off"            # words of what the chat says in the end
    protocol = "tools"            # or "text": in which the model was asked
    base = "habits"               # a folder of files beside the streams; without it a first turn on the starter

    [[answer]]                    # one for each time the model is asked, in order
    ending = "stop"               # "length", "content_filter"; "" ends without a word, "cut" breaks the connection
    status = 200                  # any other: `body` (and `retry_after`) is the whole answer
    protocol = "text"             # of its parts, where the model writes in another one than it was asked in
    times = 1                     # the same answer so often

    [[answer.part]]
    think = "..."                 # what the model thinks aloud
    [[answer.part]]
    say = "Here it is."
    [[answer.part]]
    write = "src/App.tsx"         # also: edit (search, replace), delete, rename (to), packages, plan (steps), name,
                                  # finish, read, call (arguments)
    content = '''...'''
    repeat = 1                    # the content, what is said or what is thought so often
    upto = 0.5                    # only so much of it arrives, and nothing after it
    times = 1
    [[answer.part]]
    raw = '{"error": ...}'        # one event of the stream as it is

A recorded one is what `overskill replay <turn> --save <file>` wrote: <name>.json.br.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

import orjson

from overskill.errors import InvalidInput
from overskill.services.generation.recording import Recording
from overskill.starter import starter_files

Expectation = Literal[
    "works",  # an app that builds and renders
    "partly",  # it fails, and what was complete by then is a version that compiles; paid back
    "kept",  # it fails, and the app stays as it was; paid back
    "answered",  # words, and no change
    "any",
]
Protocol = Literal["tools", "text"]
Witness = Literal["bundler", "types", "browser"]

_BLOCK = re.compile(r'<os-write path="([^"]+)">\n(?:```\w*\n)?((?:(?!<os-write ).)*?)(?:```\n)?</os-write>', re.DOTALL)
_PIECE = 160  # characters of one event
_MOST_PIECES = 4_000  # of one text: longer ones come in larger pieces
_MODEL = "scripted"
_PRICE_IN, _PRICE_OUT = 1, 2  # millionths of a dollar a token
_RECORDED = ".json.br"


@dataclass(frozen=True)
class Stream:
    name: str
    about: str
    prompt: str
    expect: Expectation
    files: Mapping[str, str]  # of the app before the turn
    is_first: bool
    calls: tuple[Mapping[str, Any], ...]  # as replaying.ReplayedModel takes them
    protocol: Protocol = "tools"
    seen_by: Witness = "bundler"  # who has to look at the app for it to end as expected
    says: str = ""  # words of what the chat says in the end
    whole: Mapping[str, frozenset[str]] | None = None  # path -> what was written there to its end; None: not known


@dataclass
class _Answer:
    """The events of one answer, as they come over the wire."""

    protocol: Protocol
    heard: list[list[Any]] = field(default_factory=list)
    characters: int = 0
    calls: int = 0
    is_cut: bool = False
    whole: list[tuple[str, str]] = field(default_factory=list)  # paths and contents of complete files
    is_known: bool = True  # `whole` is all of them

    def delta(self, content: Mapping[str, Any], ending: str | None = None) -> None:
        choice = {"index": 0, "delta": content, "finish_reason": ending}
        self.heard.append(["data", orjson.dumps({"model": _MODEL, "choices": [choice]}).decode()])

    def say(self, text: str) -> None:
        for piece in _pieces(text):
            self.delta({"content": piece})

    def remember(self, part: Mapping[str, Any], text: str) -> None:
        """What it writes to its end."""
        if part.get("call") == "write_file":
            self.is_known = False
        elif "write" in part:
            self.whole.append((part["write"], part["content"] * part.get("repeat", 1)))
        elif "say" in part:
            self.whole += _BLOCK.findall(text)

    def think(self, text: str) -> None:
        for piece in _pieces(text):
            self.delta({"reasoning": piece})

    def call(self, name: str, arguments: str) -> None:
        index = self.calls
        self.calls += 1
        begun = {"index": index, "id": f"call_{index}", "type": "function", "function": {"name": name, "arguments": ""}}
        self.delta({"tool_calls": [begun]})
        for piece in _pieces(arguments):
            self.delta({"tool_calls": [{"index": index, "function": {"arguments": piece}}]})


def find_streams(folder: Path) -> list[Path]:
    """All of a folder, by name: read them one by one, some are large. Raises InvalidInput when there are none."""
    if not folder.is_dir():
        raise InvalidInput(f"There is no folder {folder}.")
    found = [path for path in sorted(folder.iterdir()) if path.name.endswith((".toml", _RECORDED))]
    if not found:
        raise InvalidInput(f"{folder} holds no streams: files that end in .toml, or {_RECORDED}.")
    return found


def read_stream(path: Path) -> Stream:
    """Raises InvalidInput naming the file that can't be read."""
    try:
        if path.name.endswith(_RECORDED):
            return _recorded(path.name.removesuffix(_RECORDED), Recording.decode(path.read_bytes()))
        return _written(path, tomllib.loads(path.read_text("utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput(f"{path.name} is no stream: {error}.") from error


def _recorded(name: str, recording: Recording) -> Stream:
    calls = [call for phase in recording.phases for call in phase["calls"]]
    return Stream(
        name=name,
        about="Recorded",
        prompt=recording.inputs["prompt"],
        expect="any",
        files=recording.inputs["files"],
        is_first=recording.inputs["is_first"],
        calls=tuple(calls),
    )


def _written(path: Path, data: Mapping[str, Any]) -> Stream:
    protocol: Protocol = data.get("protocol", "tools")
    base = data.get("base", "")
    if data["expect"] not in get_args(Expectation):
        raise ValueError(f"nothing is expected as {data['expect']}")
    told = [(answer, _told(answer, protocol)) for answer in data.get("answer", ())]
    whole: dict[str, set[str]] = {}
    for written, content in (pair for _, answer in told for pair in answer.whole):
        whole.setdefault(written, set()).add(content)
    known = {written: frozenset(contents) for written, contents in whole.items()}
    return Stream(
        name=path.stem,
        about=data["about"],
        prompt=data["prompt"],
        expect=data["expect"],
        files=starter_files() | (_files_in(path.parent / base) if base else {}),
        is_first=not base,
        calls=tuple(call for answer, heard in told for call in _calls(answer, heard, protocol)),
        protocol=protocol,
        seen_by=data.get("seen_by", "bundler"),
        says=data.get("says", ""),
        whole=known if all(answer.is_known for _, answer in told) else None,
    )


def _files_in(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        raise ValueError(f"there is no folder {folder.name} beside it")
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _calls(answer: Mapping[str, Any], told: _Answer, protocol: Protocol) -> Iterator[Mapping[str, Any]]:
    tools = [{"function": {"name": "write_file"}}] if protocol == "tools" else []
    for _ in range(answer.get("times", 1)):
        yield {"model": _MODEL, "body": {"tools": tools}, "heard": told.heard}


def _told(answer: Mapping[str, Any], protocol: Protocol) -> _Answer:
    told = _Answer(answer.get("protocol", protocol))
    status = answer.get("status", 200)
    if status != 200:
        headers = {"retry-after": str(answer["retry_after"])} if "retry_after" in answer else {}
        told.heard += [["head", {"status": status, "headers": headers}], ["body", answer.get("body", "")], ["end", ""]]
        return told
    told.heard.append(["head", {"status": 200, "headers": {"content-type": "text/event-stream"}}])
    for part in answer.get("part", ()):
        for _ in range(part.get("times", 1)):
            _tell(told, part)
        if told.is_cut:
            break
    _finish(told, answer.get("ending", "stop"))
    return told


def _finish(told: _Answer, ending: str) -> None:
    if ending == "cut":
        told.heard.append(["end", "RemoteProtocolError"])
        return
    if ending:
        told.delta({}, "tool_calls" if ending == "stop" and told.calls else ending)
    tokens = told.characters // 4 + 1
    cost = (1_000 * _PRICE_IN + tokens * _PRICE_OUT) / 1_000_000
    usage = {"prompt_tokens": 1_000, "completion_tokens": tokens, "cost": cost}
    told.heard.append(["data", orjson.dumps({"model": _MODEL, "choices": [], "usage": usage}).decode()])
    told.heard.append(["end", ""])


def _tell(told: _Answer, part: Mapping[str, Any]) -> None:
    if "raw" in part:
        told.heard.append(["data", part["raw"]])
        told.is_known = told.is_known and "write_file" not in part["raw"]
        return
    name, text = _as_sent(part, told.protocol)
    if "upto" in part:
        text = text[: int(len(text) * part["upto"])]
        told.is_cut = True
    else:
        told.remember(part, text)
    told.characters += len(text)
    if name:
        told.call(name, text)
    elif "think" in part:
        told.think(text)
    else:
        told.say(text)


def _as_sent(part: Mapping[str, Any], protocol: Protocol) -> tuple[str, str]:
    """The tool, if it is a call, and the text."""
    repeat = part.get("repeat", 1)
    for words in ("think", "say"):
        if words in part:
            return "", part[words] * repeat
    if "content" in part:
        part = {**part, "content": part["content"] * repeat}
    return _as_call(part) if protocol == "tools" else ("", _as_tag(part))


def _as_call(part: Mapping[str, Any]) -> tuple[str, str]:  # noqa: C901 - one a tool
    """The tool and its arguments, as a model sends them."""
    match part:
        case {"call": name}:
            arguments = part.get("arguments", "{}")
            return name, arguments if isinstance(arguments, str) else _json(arguments)
        case {"write": path, "content": content}:
            name, values = "write_file", {"path": path, "content": content}
        case {"edit": path}:
            name, values = "edit_file", {"path": path, "edits": _edits(part)}
        case {"delete": path}:
            name, values = "delete_file", {"path": path}
        case {"rename": path, "to": target}:
            name, values = "rename_file", {"from": path, "to": target}
        case {"packages": packages}:
            name, values = "add_dependency", {"packages": packages}
        case {"plan": summary}:
            name, values = "set_plan", {"summary": summary, "steps": part.get("steps", [])}
        case {"name": words}:
            name, values = "set_name", {"name": words}
        case {"read": path}:
            name, values = "read_file", {"path": path}
        case {"finish": _}:
            name, values = "finish", {}
        case _:
            raise ValueError(f"this is no part of an answer: {sorted(part)}")
    return name, _json(values)


def _as_tag(part: Mapping[str, Any]) -> str:  # noqa: PLR0911 - one a tag
    """The same in the text protocol (prompts/text.md)."""
    match part:
        case {"write": path, "content": content}:
            return f'<os-write path="{path}">\n{_ended(content)}</os-write>\n'
        case {"edit": path}:
            blocks = "".join(_block(edit["search"], edit["replace"]) for edit in _edits(part))
            return f'<os-edit path="{path}">\n{blocks}</os-edit>\n'
        case {"delete": path}:
            return f'<os-delete path="{path}"/>\n'
        case {"rename": path, "to": target}:
            return f'<os-rename from="{path}" to="{target}"/>\n'
        case {"packages": packages}:
            return f'<os-packages add="{" ".join(packages)}"/>\n'
        case {"plan": summary}:
            steps = "".join(f"- {step}\n" for step in part.get("steps", ()))
            return f"<os-plan>\n{summary}\n{steps}</os-plan>\n"
        case {"name": words}:
            return f"<os-name>{words}</os-name>\n"
        case {"read": path}:
            return f'<os-read path="{path}"/>\n'
        case {"finish": _}:
            return "<os-finish/>\n"
        case _:
            raise ValueError(f"this is no part of a text: {sorted(part)}")


def _edits(part: Mapping[str, Any]) -> Sequence[Mapping[str, str]]:
    return part.get("edits") or [{"search": part["search"], "replace": part["replace"]}]


def _block(search: str, replacement: str) -> str:
    return f"<<<<<<< SEARCH\n{_ended(search)}=======\n{_ended(replacement)}>>>>>>> REPLACE\n"


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}\n"


def _json(value: Any) -> str:  # noqa: ANN401  # whatever JSON has
    return orjson.dumps(value).decode()


def _pieces(text: str) -> Sequence[str]:
    size = max(_PIECE, len(text) // _MOST_PIECES)
    return [text[start : start + size] for start in range(0, len(text), size)]
