"""The string values of a JSON object while it still arrives: how a file is seen inside a tool call."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PLAIN = re.compile(r'[^"\\]+')
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_UNPAIRED = "\N{REPLACEMENT CHARACTER}"
_HEX = frozenset("0123456789abcdefABCDEF")


@dataclass(frozen=True, slots=True)
class Piece:
    key: str
    text: str
    is_last: bool


class JsonStringTap:
    """Feed it the object in pieces of any size; it yields the top-level strings as they come.

    It never fails: what isn't JSON is noticed when the whole is parsed.
    """

    def __init__(self) -> None:
        self.is_complete = False  # the object was closed
        self._depth = 0
        self._in_string = False
        self._expects_key = False
        self._key: str | None = None
        self._text: list[str] = []  # of the current string, decoded, not yet handed on
        self._escape: str | None = None  # after a backslash: what came of it so far
        self._high = 0  # the first half of a surrogate pair

    def feed(self, chunk: str) -> Iterator[Piece]:
        position = 0
        while position < len(chunk):
            if not self._in_string:
                self._structure(chunk[position])
                position += 1
            elif self._escape is not None:
                self._escaped(chunk[position])
                position += 1
            elif plain := _PLAIN.match(chunk, position):
                self._append(plain[0])
                position = plain.end()
            else:
                if chunk[position] == "\\":
                    self._escape = ""
                else:
                    yield from self._end_of_string()
                position += 1
        if self._in_string and self._text and self._is_value():
            yield Piece(self._key or "", self._take(), is_last=False)

    def _structure(self, char: str) -> None:
        if char == '"':
            self._in_string = True
            self._text = []
        elif char in "{[":
            self._depth += 1
            self._expects_key = char == "{" and self._depth == 1
        elif char in "}]":
            self._depth -= 1
            self.is_complete = self._depth == 0
        elif char == "," and self._depth == 1:
            self._expects_key, self._key = True, None

    def _is_value(self) -> bool:
        return self._depth == 1 and not self._expects_key and self._key is not None

    def _end_of_string(self) -> Iterator[Piece]:
        self._flush_half_pair()
        self._in_string = False
        text = self._take()
        if self._depth != 1:
            return
        if self._expects_key:
            self._key, self._expects_key = text, False
        elif self._key is not None:
            yield Piece(self._key, text, is_last=True)
            self._key = None

    def _escaped(self, char: str) -> None:
        so_far = (self._escape or "") + char
        if so_far[0] != "u":
            self._escape = None
            self._append(_ESCAPES.get(char, char))
        elif len(so_far) < 5:
            self._escape = so_far
        else:
            self._escape = None
            self._code_unit(int(so_far[1:], 16) if _HEX.issuperset(so_far[1:]) else ord(_UNPAIRED))

    def _code_unit(self, unit: int) -> None:
        if 0xDC00 <= unit < 0xE000 and self._high:
            pair = 0x10000 + ((self._high - 0xD800) << 10) + (unit - 0xDC00)
            self._high = 0
            self._text.append(chr(pair))
        elif 0xD800 <= unit < 0xDC00:
            self._flush_half_pair()
            self._high = unit
        else:
            self._append(_UNPAIRED if 0xDC00 <= unit < 0xE000 else chr(unit))

    def _append(self, text: str) -> None:
        self._flush_half_pair()
        self._text.append(text)

    def _flush_half_pair(self) -> None:
        if self._high:
            self._high = 0
            self._text.append(_UNPAIRED)

    def _take(self) -> str:
        text = "".join(self._text)
        self._text = []
        return text
