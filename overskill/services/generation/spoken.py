"""What of a model's prose is shown in the chat: its words. A file that it writes there, in a code block or between
tags that nobody reads, is no use to anyone who watches an app being made."""

import re
from dataclasses import dataclass, field

LONGEST_SHOWN = 6  # lines of a code block
_FENCE = "```"
_OPENING = re.compile(r"<os-(write|edit)\b[^>]*>")
_CLOSING = re.compile(r"</os-(write|edit)>")
_MARKS = (_FENCE, "<os-write", "<os-edit", "</os-write", "</os-edit")


@dataclass
class SpokenWords:
    """One per answer. Feed it pieces of any size; what comes back can be shown."""

    _line: str = ""  # its beginning, as long as it may be a mark
    _is_shown: bool = False  # the beginning of this line was
    _held: list[str] = field(default_factory=list)  # lines of a code block
    _inside: str = ""  # "fence" or "tag"

    def feed(self, text: str) -> str:
        *lines, rest = (self._line + text).split("\n")
        shown = ""
        for line in lines:
            shown += self._whole(f"{line}\n")
            self._is_shown = False
        self._line = rest
        if rest and not self._inside and (self._is_shown or not self._may_be_mark(rest)):
            self._line, self._is_shown = "", True
            shown += rest
        return shown

    def end(self) -> str:
        """The answer is over: a short code block that was not closed is shown, too."""
        shown = self._whole(self._line) if self._line else ""
        if self._inside == "fence" and len(self._held) <= LONGEST_SHOWN:
            shown += "".join(self._held)
        self._line, self._held, self._inside, self._is_shown = "", [], "", False
        return shown

    @staticmethod
    def _may_be_mark(beginning: str) -> bool:
        text = beginning.lstrip()
        return not text or any(text.startswith(mark) or mark.startswith(text) for mark in _MARKS)

    def _whole(self, line: str) -> str:
        if self._is_shown:
            return line
        text = line.strip()
        match self._inside:
            case "tag":
                self._inside = "" if _CLOSING.fullmatch(text) else "tag"
                return ""
            case "fence":
                return self._in_fence(line, text)
        if text.startswith(_FENCE) and text.count(_FENCE) == 1:
            self._inside, self._held = "fence", [line]
            return ""
        if _OPENING.fullmatch(text):
            self._inside = "tag"
            return ""
        return line

    def _in_fence(self, line: str, text: str) -> str:
        self._held.append(line)
        if text != _FENCE:
            return ""
        block, self._held, self._inside = self._held, [], ""
        is_shown = 2 < len(block) <= LONGEST_SHOWN + 2
        return "".join(block) if is_shown else ""
