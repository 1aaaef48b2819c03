"""Streams of models, written by hand or recorded: what `overskill evals` runs.

A hand-made one is a TOML file:

    about = "The stream breaks off inside the second file, and the model goes on when it is asked to."
    prompt = "a water intake tracker"
    expect = "works"              # or "kept": the last good version stays, and the turn is paid back
    protocol = "tools"            # or "text"
    base = "habits"               # a folder of files beside the streams; without it a first turn on the starter

    [[answer]]                    # one for each time the model is asked, in order
    ending = "stop"               # "length", "content_filter"; "" ends without a word, "cut" breaks the connection
    status = 200                  # any other: `body` (and `retry_after`) is the whole answer
    times = 1                     # the same answer so often
    thoughts = "..."              # what the model thinks aloud first

    [[answer.part]]
    say = "Here it is."
    [[answer.part]]
    write = "src/App.tsx"         # also: edit (search, replace), delete, rename (to), packages, plan (steps), finish,
                                  # call (arguments)
    content = '''...'''
    upto = 0.5                    # only so much of it arrives, and nothing after it
    times = 1
    [[answer.part]]
    raw = '{"error": ...}'        # one event of the stream as it is

A recorded one is what `overskill replay <turn> --save <file>` wrote: <name>.json.br.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import orjson

from overskill.errors import InvalidInput
from overskill.services.generation.recording import Recording
from overskill.starter import starter_files

Expectation = Literal["works", "kept", "any"]
Protocol = Literal["tools", "text"]

_PIECE = 160  # characters of one event
_MODEL = "scripted"
_PRICE_IN, _PRICE_OUT = 1, 4  # millionths of a dollar a token
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


@dataclass
class _Answer:
    """The events of one answer, as they come over the wire."""

    protocol: Protocol
    heard: list[list[Any]] = field(default_factory=list)
    characters: int = 0
    calls: int = 0
    is_cut: bool = False

    def delta(self, content: Mapping[str, Any], ending: str | None = None) -> None:
        choice = {"index": 0, "delta": content, "finish_reason": ending}
        self.heard.append(["data", orjson.dumps({"model": _MODEL, "choices": [choice]}).decode()])

    def say(self, text: str) -> None:
        for piece in _pieces(text):
            self.delta({"content": piece})

    def call(self, name: str, arguments: str) -> None:
        index = self.calls
        self.calls += 1
        begun = {"index": index, "id": f"call_{index}", "type": "function", "function": {"name": name, "arguments": ""}}
        self.delta({"tool_calls": [begun]})
        for piece in _pieces(arguments):
            self.delta({"tool_calls": [{"index": index, "function": {"arguments": piece}}]})


def read_streams(folder: Path) -> list[Stream]:
    """All of a folder, by name. Raises InvalidInput naming the file that can't be read."""
    if not folder.is_dir():
        raise InvalidInput(f"There is no folder {folder}.")
    found = [read_stream(path) for path in sorted(folder.iterdir()) if path.name.endswith((".toml", _RECORDED))]
    if not found:
        raise InvalidInput(f"{folder} holds no streams: files that end in .toml, or {_RECORDED}.")
    return found


def read_stream(path: Path) -> Stream:
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
    calls = [call for answer in data.get("answer", ()) for call in _calls(answer, protocol)]
    return Stream(
        name=path.stem,
        about=data["about"],
        prompt=data["prompt"],
        expect=data["expect"],
        files=starter_files() | (_files_in(path.parent / base) if base else {}),
        is_first=not base,
        calls=tuple(calls),
        protocol=protocol,
    )


def _files_in(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        raise ValueError(f"there is no folder {folder.name} beside it")
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _calls(answer: Mapping[str, Any], protocol: Protocol) -> Iterator[Mapping[str, Any]]:
    tools = [{"function": {"name": "write_file"}}] if protocol == "tools" else []
    heard = _heard(answer, protocol)
    for _ in range(answer.get("times", 1)):
        yield {"model": _MODEL, "body": {"tools": tools}, "heard": heard}


def _heard(answer: Mapping[str, Any], protocol: Protocol) -> list[list[Any]]:
    status = answer.get("status", 200)
    if status != 200:
        headers = {"retry-after": str(answer["retry_after"])} if "retry_after" in answer else {}
        return [["head", {"status": status, "headers": headers}], ["body", answer.get("body", "")], ["end", ""]]
    told = _Answer(protocol)
    told.heard.append(["head", {"status": 200, "headers": {"content-type": "text/event-stream"}}])
    for piece in _pieces(answer.get("thoughts", "")):
        told.delta({"reasoning": piece})
    for part in answer.get("part", ()):
        for _ in range(part.get("times", 1)):
            _tell(told, part)
        if told.is_cut:
            break
    _finish(told, answer.get("ending", "stop"))
    return told.heard


def _finish(told: _Answer, ending: str) -> None:
    if ending == "cut" or told.is_cut:
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
        return
    if "say" in part:
        text, name = part["say"], ""
    elif told.protocol == "tools":
        name, text = _as_call(part)
    else:
        text, name = _as_tag(part), ""
    if "upto" in part:
        text = text[: int(len(text) * part["upto"])]
        told.is_cut = part.get("breaks", True)
    told.characters += len(text)
    if name:
        told.call(name, text)
    else:
        told.say(text)


def _as_call(part: Mapping[str, Any]) -> tuple[str, str]:
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
    return [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
