"""What a model is told: first what stays the same, so that providers' caches know it, and the request last.

    the rules            the same bytes for every app and every turn
    the app's story      past.py: a map of its files and the chat; a turn only appends
    the request          what this turn is about: files, brief, plan, what was sent along, the message itself

Everything is fitted into the model's context; whatever is left out is marked as left out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as resource_files

from overskill.clients.models import Message
from overskill.services.generation.brief_words import brief_words
from overskill.services.generation.code_map import Detail, entry
from overskill.services.generation.enclosures import enclosure_words, pictures_in
from overskill.services.generation.events import Turn
from overskill.services.generation.measures import BYTES_A_TOKEN, cut, tokens, weight
from overskill.services.generation.outline import outline
from overskill.services.generation.past import Story, story
from overskill.services.generation.prompts import prompt, tools
from overskill.services.generation.shown_files import shown_files
from overskill.starter import PROTECTED, starter_files

MOST_ERRORS = 30
LONGEST_ERROR = 800  # bytes
MOST_SENT_ALONG = 60_000  # characters
SMALL_CONTEXT = 24_000  # tokens: below, the starter's files are told by the names of what they export
_MARGIN = 200  # tokens: what servers add around messages
_A_PICTURE = 1_200  # tokens
_SHARE_OF_MAP, _SHARE_OF_CHAT = 0.2, 0.12  # of what the rules and the answer leave; half of it all stays free
_SHARE_OF_PROMPT, _SHARE_OF_FACTS, _SHARE_OF_SENT = 0.4, 0.12, 0.25  # of the request's room
_OUTLINED = (".ts", ".tsx", ".js", ".jsx")
_SHOWN_WHOLE = ("src/index.css", "src/main.tsx", "index.html")
_HIDDEN_PACKAGES = frozenset({"react-refresh", "react-router"})
_NO_ROOM = "[What was sent along has no room in this model's context: {names}. Say so.]"
_LEFT_OUT = "[{left} more characters are left out: there is no room for them]"


@cache
def available_packages() -> Mapping[str, str]:
    """The npm packages every app can import, with their versions: what the bundler has prebundled."""
    manifest = resource_files("overskill") / "bundler" / "vendor" / "package.json"
    dependencies: Mapping[str, str] = json.loads(manifest.read_text("utf-8"))["dependencies"]
    return {name: dependencies[name] for name in sorted(dependencies) if name not in _HIDDEN_PACKAGES}


@cache
def system_prompt(protocol: str, *, is_short: bool = False) -> str:
    """`protocol` is "tools" or "text"."""
    return prompt(
        "system",
        starter=_starter_names() if is_short else _starter(),
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


def _starter_names() -> str:
    own = {path: text for path, text in starter_files().items() if path.startswith("src/")}
    names = [f"{path.rpartition('/')[0]}/{entry(path, text, Detail.NAMES)}" for path, text in own.items()]
    return "\n".join([*names, "Read a file before you use it."])


def opening(turn: Turn, *, protocol: str, context_tokens: int, output_tokens: int) -> list[Message]:
    """The messages a turn begins with. All but the last are the beginning of the next turn's, too."""
    system = system_prompt(protocol, is_short=context_tokens < SMALL_CONTEXT)
    offered = tokens(json.dumps(tools())) if protocol == "tools" else 0
    left = context_tokens - output_tokens - offered - tokens(system) - _MARGIN
    room = int(max(0, left) * BYTES_A_TOKEN)
    told = story(turn, map_room=int(room * _SHARE_OF_MAP), chat_room=int(room * _SHARE_OF_CHAT))
    pictures = int(len(pictures_in(turn)) * _A_PICTURE * BYTES_A_TOKEN)
    request = _Request(turn, told, max(0, room - sum(weight(str(one["content"])) for one in told.messages) - pictures))
    return [{"role": "system", "content": system}, *told.messages, {"role": "user", "content": request.words()}]


@dataclass
class _Request:
    """The last message of an opening: what is only true for this turn. `room` is bytes."""

    turn: Turn
    told: Story
    room: int

    def words(self) -> str:
        before = "\n\n".join(part for part in (self.told.news, self._files()) if part)
        return self._around(before)

    def _files(self) -> str:
        left = self.room - weight(self._around("")) - weight(self.told.news)
        sent = "" if self.turn.feedback else self._sent_along(int(left * _SHARE_OF_SENT))
        files = shown_files(self.turn, self.told, (left - weight(sent)) // 2)
        return f"{files}\n\n{sent}".strip()

    def _around(self, app: str) -> str:
        """All of the message, with `app` in its place."""
        turn = self.turn
        asked = cut(turn.prompt, int(self.room * _SHARE_OF_PROMPT), _LEFT_OUT)
        if turn.feedback:
            return prompt("rewrite" if turn.is_again else "repair", app=app, prompt=asked, errors=self._errors())
        name = "build" if turn.is_first else "change"
        request = prompt(name, app=app, prompt=asked, **({} if turn.is_first else {"name": turn.app_name}))
        facts = int(self.room * _SHARE_OF_FACTS)
        if thought_out := cut(brief_words(turn), facts, _LEFT_OUT):
            request = f"{request}\n\n{thought_out}"
        if turn.variables:
            names = cut(", ".join(f"`{name}`" for name in turn.variables), facts, _LEFT_OUT)
            request = f"{request}\n\n{prompt('variables', names=names)}"
        if turn.completed:
            complete = cut(", ".join(turn.completed), facts, _LEFT_OUT)
            reason = "You had begun with this, and were interrupted."
            request = f"{request}\n\n{prompt('resume', reason=reason, complete=complete, incomplete='')}"
        return request

    def _errors(self) -> str:
        room = int(self.room * _SHARE_OF_FACTS)
        found = self.turn.feedback
        lines: list[str] = []
        for error in found[:MOST_ERRORS]:
            line = cut(_error(error.file, error.line, error.message), min(room, LONGEST_ERROR), _LEFT_OUT)
            if not line:
                break
            lines.append(line)
            room -= weight(line) + 1
        if len(found) > len(lines):
            lines.append(f"- and {len(found) - len(lines)} more, which may go away with these")
        return "\n".join(lines)

    def _sent_along(self, room: int) -> str:
        if not self.turn.enclosures:
            return ""
        texts = "".join(enclosure.text for enclosure in self.turn.enclosures)
        letters = room * len(texts) // max(1, weight(texts))  # other scripts take more bytes a letter
        sent = enclosure_words(self.turn, characters=min(letters, MOST_SENT_ALONG))
        if weight(sent) <= room:
            return sent
        names = ", ".join(enclosure.name for enclosure in self.turn.enclosures)
        return cut(_NO_ROOM.format(names=names), room)


def _error(file: str, line: int, message: str) -> str:
    return f"- {file}:{line}: {message}" if line else f"- {file}: {message}"
