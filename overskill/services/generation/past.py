"""What came before a turn, so that each turn of an app begins with the same bytes as the one before it.

First a map of the app as it was some versions ago, and the oldest turns as a line each; then the later turns as they
were, each with what it changed. A turn only appends. Every now and then a step is made: the map is drawn anew, or
half of the turns become lines. Providers' caches then start over once, not with every message.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from overskill.clients.models import Message
from overskill.services.generation.code_map import Detail, changes, finest
from overskill.services.generation.events import Past, PastMessage, PastVersion, Turn
from overskill.services.generation.measures import cut, weight
from overskill.starter import starter_files

VERSIONS_A_STEP = 10
LONGEST_PIECE = 2_000  # bytes of a past message, or of what a version changed
LEAST_CHAT = 800  # bytes: with less room the chat is only said to be left out
_SHARE_OF_LINES = 0.5  # of the room for the chat
_LONGEST_LINE = 100  # bytes of what was asked
_MOST_PATHS = 4  # of a line
_MOST_CHANGES = 16  # files of a version
_HEADING = (
    "# The app's files{when}\n\nWith what each exports, besides those of the starter. It is a map: what the files hold "
    "is not in it. What changed later is said below; the files the request needs come with it.\n\n"
)
_LINES_HEADING = "\n\n# Earlier in this chat\n\n"
_LEFT_OUT = "\n\n[The messages before are left out: there is no room for them]"
_NOTED = "Noted."
_UNANSWERED = "[This was not answered.]"
_WORDLESS = "[Without words.]"


@dataclass(frozen=True, slots=True)
class Story:
    messages: list[Message]  # the same in the next turn, which appends to them
    news: str  # versions that came after the last of them
    detail: Detail  # of the map
    files: Mapping[str, str]  # as the messages and the news leave them


@dataclass
class _Exchange:
    """What was asked, what was answered, and which version that made."""

    asked: str
    answers: list[str] = field(default_factory=list)
    version: int = 0
    news: str = ""  # versions told before it


def first_version_told(current: int) -> int:
    """The version whose map is shown while an app is at version `current`: it stays for some versions."""
    return 1 + (current - 1) // VERSIONS_A_STEP * VERSIONS_A_STEP if current else 0


def story(turn: Turn, *, map_room: int, chat_room: int) -> Story:
    """Rooms are bytes."""
    past = turn.past or Past(files=starter_files() if turn.is_first else dict(turn.files))
    heading = _HEADING.format(when=f" at version {past.number}" if past.number else "")
    detail, drawn = finest(past.files, map_room - len(heading) - len(_NOTED))
    opening = f"{heading}{drawn}" if drawn and weight(heading) + weight(drawn) <= map_room else drawn
    telling = _Telling(past, detail, min(LONGEST_PIECE, int(chat_room * (1 - _SHARE_OF_LINES) / 4)))
    exchanges = _exchanges(turn.history)
    for exchange in exchanges:
        exchange.news = telling.before(exchange)
    messages: list[Message] = []
    if chat_room < LEAST_CHAT:
        opening += _LEFT_OUT if exchanges and len(_LEFT_OUT) <= chat_room else ""
    else:
        start = _start(exchanges, int(chat_room * (1 - _SHARE_OF_LINES)), telling.piece)
        opening += _lines(exchanges[:start], past.versions, int(chat_room * _SHARE_OF_LINES))
        for exchange in exchanges[start:]:
            messages += _messages(exchange, telling.piece)
    if opening and (exchanges or not turn.is_first):
        messages = [{"role": "user", "content": opening.strip()}, {"role": "assistant", "content": _NOTED}, *messages]
    return Story(messages, telling.rest() if chat_room >= LEAST_CHAT else "", detail, telling.files)


class _Telling:
    """Tells each version once, where it belongs between the messages."""

    def __init__(self, past: Past, detail: Detail, piece: int) -> None:
        self.files = dict(past.files)
        self.piece = piece
        self._base = past.number
        self._detail = detail
        self._untold = list(past.versions)
        self._last = 0  # the version that the exchange before made

    def before(self, exchange: _Exchange) -> str:
        """What a message begins with. A message that made no version can't be placed among them: before it stands
        only what surely was there, so that nothing is inserted later."""
        news = self._tell(exchange.version - 1 if exchange.version else self._last)
        self._last = max(self._last, exchange.version)
        return news

    def rest(self) -> str:
        return self._tell(self._untold[-1].number if self._untold else 0)

    def _tell(self, up_to: int) -> str:
        told = [version for version in self._untold if version.number <= up_to]
        self._untold = self._untold[len(told) :]
        words = "\n".join("\n".join([f"[Version {one.number} changed]", *self._changes(one)]) for one in told)
        return cut(words, self.piece)

    def _changes(self, version: PastVersion) -> list[str]:
        if version.number <= self._base:  # the map shows what they export
            return _some(sorted(version.paths))
        after = {**self.files, **version.texts}
        for path in set(version.paths) - set(version.texts):
            after.pop(path, None)
        lines = changes(self.files, after, version.paths, self._detail)
        self.files = after
        return _some(lines)


def _some(lines: Sequence[str]) -> list[str]:
    more = len(lines) - _MOST_CHANGES
    return [*lines[:_MOST_CHANGES], f"and {more} more files"] if more > 0 else list(lines)


def _exchanges(history: Sequence[PastMessage]) -> list[_Exchange]:
    exchanges: list[_Exchange] = []
    for message in history:
        if message.author == "user":
            exchanges.append(_Exchange(message.text))
        elif not exchanges:
            exchanges.append(_Exchange("", [message.text]))
        else:
            exchanges[-1].answers.append(message.text)
        exchanges[-1].version = message.version or exchanges[-1].version
    return exchanges


def _messages(exchange: _Exchange, piece: int) -> list[Message]:
    asked = cut(exchange.asked, piece) or _WORDLESS
    asked = f"{exchange.news}\n\n{asked}" if exchange.news else asked
    answered = cut("\n\n".join(exchange.answers), piece) or _UNANSWERED
    return [{"role": "user", "content": asked}, {"role": "assistant", "content": answered}]


def _start(exchanges: Sequence[_Exchange], room: int, piece: int) -> int:
    """From where on exchanges are told whole. Goes through all of them from the first, so that it stays the same
    while more follow, until there is no room; then most of it is made free at once."""
    weights = [sum(weight(str(one["content"])) for one in _messages(exchange, piece)) for exchange in exchanges]
    start = total = 0
    for number, more in enumerate(weights):
        total += more
        if total > room:
            while start < number and total > room // 3:
                total -= weights[start]
                start += 1
    return start


def _lines(exchanges: Sequence[_Exchange], versions: Sequence[PastVersion], room: int) -> str:
    if not exchanges:
        return ""
    paths = {version.number: version.paths for version in versions}
    room -= len(_LINES_HEADING) + 60
    lines: list[str] = []
    for exchange in reversed(exchanges):
        line = _line(exchange, paths.get(exchange.version, ()))
        room -= weight(line) + 1
        if room < 0:
            break
        lines.append(line)
    left_out = len(exchanges) - len(lines)
    first = [f"[{left_out} messages before these are left out]"] if left_out else []
    return _LINES_HEADING + "\n".join([*first, *reversed(lines)])


def _line(exchange: _Exchange, paths: Sequence[str]) -> str:
    asked = cut(" ".join(exchange.asked.split()), _LONGEST_LINE, "[...]").replace("\n", "")
    if not exchange.version:
        return f"- {asked}"
    shown = ", ".join(path.rpartition("/")[2] for path in sorted(paths)[:_MOST_PATHS])
    more = f" and {len(paths) - _MOST_PATHS} more" if len(paths) > _MOST_PATHS else ""
    return f"- {asked} → version {exchange.version}{': ' if shown else ''}{shown}{more}"
