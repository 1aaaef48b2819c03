"""Search and replace in one file, strict enough to be trusted.

Models misquote whitespace and typographic quotes, so a search that isn't found as it is gets looked for
with trailing blanks ignored, then with indentation ignored, then with look-alike characters folded, and last
as a part of lines. At every pass the place must be the only one; nothing is ever applied by likeness alone.
"""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_LOOK_ALIKES = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014\u00a0", "''\"\"-- ")
_SHOWN_PLACES = 4
_LONGEST_EXCERPT = 40


class EditError(Exception):
    """Why an edit can't be applied, worded for whoever wrote it."""


def _as_is(line: str) -> str:
    return line


def _folded(line: str) -> str:
    return line.strip().translate(_LOOK_ALIKES)


@dataclass(frozen=True, slots=True)
class _Pass:
    normalise: Callable[[str], str]
    reindents: bool


_PASSES = (
    _Pass(_as_is, reindents=False),
    _Pass(str.rstrip, reindents=False),
    _Pass(str.strip, reindents=True),
    _Pass(_folded, reindents=True),
)


def apply_edit(content: str, search: str, replace: str) -> str:
    """`content` with its one place that reads like `search` replaced. Raises EditError."""
    newline = "\r\n" if "\r\n" in content else "\n"
    lines = _unix(content).split("\n")
    wanted, replacement = _trimmed(_unix(search).split("\n"), _unix(replace).split("\n"))
    if not wanted:
        raise EditError("The search text is empty. Quote the lines to change, or write the whole file.")
    for attempt in _PASSES:
        places = _places(lines, wanted, attempt.normalise)
        if len(places) > 1:
            raise _ambiguous(len(places), [place + 1 for place in places])
        if places:
            start, end = places[0], places[0] + len(wanted)
            new = _reindented(replacement, lines[start:end], wanted) if attempt.reindents else replacement
            return newline.join([*lines[:start], *new, *lines[end:]])
    return _replaced_within_lines(lines, wanted, replacement).replace("\n", newline)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n")


def _trimmed(search: list[str], replace: list[str]) -> tuple[list[str], list[str]]:
    """Both without the blank line that a quoting style adds at the end, and without blank lines before the search."""
    if search and not search[-1]:
        search = search[:-1]
        replace = replace[:-1] if replace and not replace[-1] else replace
    while search and not search[0].strip():
        search = search[1:]
        replace = replace[1:] if replace and not replace[0].strip() else replace
    return search, replace


def _places(lines: Sequence[str], wanted: Sequence[str], normalise: Callable[[str], str]) -> list[int]:
    key = [normalise(line) for line in wanted]
    hay = [normalise(line) for line in lines]
    last = len(hay) - len(key)
    return [start for start in range(last + 1) if hay[start] == key[0] and hay[start : start + len(key)] == key]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _reindented(replacement: Sequence[str], found: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The replacement moved by as much as the file's lines stand off from the quoted ones."""
    pairs = zip(found, wanted, strict=True)
    shift = next((_indent(there) - _indent(quoted) for there, quoted in pairs if quoted.strip()), 0)
    blank = "\t" if found[0].startswith("\t") else " "
    if shift >= 0:
        return [blank * shift + line if line.strip() else line for line in replacement]
    return [line[min(-shift, _indent(line)) :] for line in replacement]


def _replaced_within_lines(lines: Sequence[str], wanted: Sequence[str], replacement: Sequence[str]) -> str:
    """For a search that begins or ends inside a line. It must not cut a word in two: `a = 1` is not in `a = 10`."""
    text, search = "\n".join(lines), "\n".join(wanted)
    starts = [start for start in _occurrences(text, search) if _is_whole(text, start, start + len(search))]
    if len(starts) > 1:
        raise _ambiguous(len(starts), [text.count("\n", 0, start) + 1 for start in starts])
    if not starts:
        raise EditError(f"The search text is not in the file. {_closest(lines, wanted)}")
    return text[: starts[0]] + "\n".join(replacement) + text[starts[0] + len(search) :]


def _occurrences(text: str, search: str) -> list[int]:
    starts: list[int] = []
    start = text.find(search)
    while start >= 0:
        starts.append(start)
        start = text.find(search, start + 1)
    return starts


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (_joined(text[start - 1 : start], text[start]) or _joined(text[end - 1], text[end : end + 1]))


def _joined(before: str, after: str) -> bool:
    """Whether the two characters belong to one word."""
    return all(char.isalnum() or char in "_$" for char in (before, after)) if before and after else False


def _ambiguous(times: int, numbers: Sequence[int]) -> EditError:
    shown = ", ".join(str(number) for number in numbers[:_SHOWN_PLACES])
    return EditError(
        f"The search text is found {times} times (lines {shown}). "
        "Quote more of the lines around it, so that only one place is meant."
    )


def _closest(lines: Sequence[str], wanted: Sequence[str]) -> str:
    """The stretch of the file most like what was searched, quoted, so that the next attempt can copy it."""
    size = min(len(wanted), _LONGEST_EXCERPT)
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2("\n".join(wanted[:size]))

    def likeness(start: int) -> float:
        matcher.set_seq1("\n".join(lines[start : start + size]))
        return matcher.quick_ratio()

    best = max(range(max(1, len(lines) - size + 1)), key=likeness)
    end = min(best + size, len(lines))
    return f"The closest lines are {best + 1}-{end}:\n" + "\n".join(lines[best:end])
