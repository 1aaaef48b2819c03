"""What a model is told: the rules, the app as it is, what was said before, and the request last.

The system prompt is the same bytes for every app and every turn, so that providers can cache it.
The rest is fitted into the model's context; whatever is left out is marked as left out.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files as resource_files
from typing import Any

from overskill.clients.models import Message
from overskill.services.generation.brief_words import brief_words
from overskill.services.generation.enclosures import enclosure_words, is_material
from overskill.services.generation.events import PastMessage, Turn
from overskill.services.generation.outline import outline
from overskill.services.generation.prompts import prompt
from overskill.starter import PROTECTED, starter_files

CHARACTERS_A_TOKEN = 3.5  # of code; a little pessimistic
SHARE_OF_HISTORY = 0.2  # of what is left for the app and the history
LONGEST_MESSAGE = 2_000  # characters of a past message
MOST_ERRORS = 30
_OUTLINED = (".ts", ".tsx", ".js", ".jsx")
_SHOWN_WHOLE = ("src/index.css", "src/main.tsx", "index.html")
_HIDDEN_PACKAGES = frozenset({"react-refresh", "react-router"})


@cache
def available_packages() -> Mapping[str, str]:
    """The npm packages every app can import, with their versions: what the bundler has prebundled."""
    manifest = resource_files("overskill") / "bundler" / "vendor" / "package.json"
    dependencies: Mapping[str, str] = json.loads(manifest.read_text("utf-8"))["dependencies"]
    return {name: dependencies[name] for name in sorted(dependencies) if name not in _HIDDEN_PACKAGES}


@cache
def system_prompt(protocol: str) -> str:
    """`protocol` is "tools" or "text"."""
    return prompt(
        "system",
        starter=_starter(),
        packages=", ".join(available_packages()),
        protected=", ".join(f"`{path}`" for path in sorted(PROTECTED)),
        protocol=prompt(protocol),
    )


def _starter() -> str:
    sections = []
    for path, content in starter_files().items():
        if path in _SHOWN_WHOLE:
            shown = content.strip()
        else:
            shown = outline(content) if path.startswith("src/") and path.endswith(_OUTLINED) else ""
        if shown:
            sections.append(f"## {path}\n{shown}")
    return "\n\n".join(sections)


def tokens(text: str) -> int:
    return int(len(text) / CHARACTERS_A_TOKEN) + 1


def opening(turn: Turn, *, protocol: str, context_tokens: int, output_tokens: int) -> list[Message]:
    """The messages a turn begins with."""
    system = system_prompt(protocol)
    room = context_tokens - output_tokens - tokens(system) - tokens(turn.prompt) - 500
    characters = int(max(0, room) * CHARACTERS_A_TOKEN)
    past = history(turn.history, int(characters * SHARE_OF_HISTORY))
    sent_along = "" if turn.feedback else enclosure_words(turn, characters=characters // 3)
    for_app = characters - sum(len(str(message["content"])) for message in past) - len(sent_along)
    # Half of it stays free for what the model reads and writes in later rounds.
    request = _request(turn, f"{describe_app(turn, for_app // 2)}\n\n{sent_along}".strip())
    return [{"role": "system", "content": system}, *past, {"role": "user", "content": request}]


def _request(turn: Turn, app: str) -> str:
    if turn.feedback:
        errors = [_error(found.file, found.line, found.message) for found in turn.feedback[:MOST_ERRORS]]
        if len(turn.feedback) > MOST_ERRORS:
            errors.append(f"- and {len(turn.feedback) - MOST_ERRORS} more, which may go away with these")
        name = "rewrite" if turn.is_again else "repair"
        return prompt(name, app=app, prompt=turn.prompt, errors="\n".join(errors))
    name = "build" if turn.is_first else "change"
    request = prompt(name, app=app, prompt=turn.prompt, **({} if turn.is_first else {"name": turn.app_name}))
    if thought_out := brief_words(turn):
        request = f"{request}\n\n{thought_out}"
    if turn.completed:
        reason = "You had begun with this, and were interrupted."
        complete = ", ".join(turn.completed)
        request = f"{request}\n\n{prompt('resume', reason=reason, complete=complete, incomplete='')}"
    return request


def _error(file: str, line: int, message: str) -> str:
    return f"- {file}:{line}: {message}" if line else f"- {file}: {message}"


def history(past: Sequence[PastMessage], characters: int) -> list[Message]:
    """The latest messages that fit, each shortened if it is long."""
    messages: list[Message] = []
    for message in reversed(past):
        text = message.text
        if len(text) > LONGEST_MESSAGE:
            text = f"{text[:LONGEST_MESSAGE]}\n[shortened: {len(message.text) - LONGEST_MESSAGE} more characters]"
        characters -= len(text)
        if characters < 0:
            break
        messages.append({"role": message.author, "content": text})
    messages.reverse()
    left_out = len(past) - len(messages)
    if left_out:
        messages.insert(0, {"role": "user", "content": f"[{left_out} earlier messages of this chat are left out]"})
    return messages


def describe_app(turn: Turn, characters: int) -> str:
    """The app's files: whole while they fit, the likeliest needed first; then outlines; then only their paths."""
    starter = starter_files()
    own = {path: content for path, content in turn.files.items() if starter.get(path) != content}
    untouched = sorted(path for path in turn.files if path not in own)
    whole: dict[str, str] = {}
    outlined: dict[str, str] = {}
    named: list[str] = []
    for path in sorted(own, key=lambda path: (-_relevance(path, turn), len(own[path]), path)):
        content = own[path]
        if is_material(path, content):
            named.append(path)
        elif len(content) <= characters:
            whole[path] = content
            characters -= len(content)
        elif len(shown := outline(content)) <= min(characters, len(content)):
            outlined[path] = shown
            characters -= len(shown)
        else:
            named.append(path)
    parts = ["# The app as it is"]
    if untouched:
        parts.append(f"Unchanged files of the starter: {', '.join(untouched)}")
    parts += [f'<file path="{path}">\n{whole[path]}\n</file>' for path in sorted(whole)]
    if outlined:
        parts.append("These are too large to show: only their exports. Read one before you change it.")
        parts += [f'<outline path="{path}">\n{outlined[path]}\n</outline>' for path in sorted(outlined)]
    if named:
        parts.append(f"Not shown at all: {', '.join(sorted(named))}")
    return "\n\n".join(parts)


def _relevance(path: str, turn: Turn) -> int:
    """How likely the turn is to need the file whole."""
    if any(found.file == path for found in turn.feedback):
        return 4
    name = path.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()
    if path.lower() in turn.prompt.lower() or (len(name) > 3 and name in turn.prompt.lower()):
        return 3
    if path in ("src/App.tsx", "src/index.css", "src/types.ts"):
        return 2
    return 1 if path.startswith("src/lib/") else 0


def size(messages: Sequence[Message]) -> int:
    """The messages' size in tokens, roughly."""
    return tokens(json.dumps(list(messages), ensure_ascii=False))


def compacted(messages: Sequence[Message], context_tokens: int) -> list[Message]:
    """The messages, without the bodies of calls and results of earlier rounds when the context gets tight."""
    if size(messages) < context_tokens * 0.8:
        return list(messages)
    kept = 4  # the latest messages stay as they are
    return [*(_shortened(message) for message in messages[:-kept]), *messages[-kept:]]


def _shortened(message: Message) -> Message:
    if message["role"] == "tool" and len(message["content"]) > 400:
        return {**message, "content": f"{message['content'][:200]}\n[shortened; call the tool again to see it]"}
    if message["role"] == "assistant" and len(message["content"]) > 4_000:  # files in the text protocol
        message = {**message, "content": f"{message['content'][:2_000]}\n[shortened; <os-read> shows the files]"}
    if "tool_calls" in message:
        return {**message, "tool_calls": [_shortened_call(call) for call in message["tool_calls"]]}
    return message


def _shortened_call(call: Mapping[str, Any]) -> Mapping[str, Any]:
    function = call["function"]
    if len(function["arguments"]) < 400:
        return call
    try:
        path = json.loads(function["arguments"], strict=False).get("path", "")
    except (ValueError, AttributeError):
        path = ""
    arguments = json.dumps({"path": path, "note": "left out here; read_file shows it"})
    return {**call, "function": {**function, "arguments": arguments}}
