"""Versions and ranges as npm means them: which is newer, and which a range takes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import total_ordering

_PRE = r"(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?"
_NUMBER = r"(\d{1,9}|[xX*])"
_VERSION = re.compile(rf"v?(\d{{1,9}})\.(\d{{1,9}})\.(\d{{1,9}}){_PRE}")
_PART = re.compile(rf"(\^|~>?|>=|<=|>|<|=)?v?{_NUMBER}(?:\.{_NUMBER})?(?:\.{_NUMBER})?{_PRE}")
_HYPHEN = re.compile(r"(\S+)\s+-\s+(\S+)")
_SPACED = re.compile(r"(\^|~>?|>=|<=|>|<|=)\s+")
_ANY = frozenset({"", "*", "x", "X", "latest"})

Test = Callable[["Version"], bool]


@total_ordering
@dataclass(frozen=True, slots=True)
class Version:
    major: int
    minor: int
    patch: int
    pre: tuple[int | str, ...] = ()

    @property
    def numbers(self) -> tuple[int, int, int]:
        return self.major, self.minor, self.patch

    def __lt__(self, other: "Version") -> bool:
        return self._rank < other._rank

    @property
    def _rank(self) -> tuple[object, ...]:
        """A release is newer than what came before it; numbers come before words."""
        words = tuple((isinstance(part, str), part) for part in self.pre)
        return (*self.numbers, not self.pre, words)


def parse_version(text: str) -> Version | None:
    """None for what is not an exact version."""
    found = _VERSION.fullmatch(text.strip())
    if found is None:
        return None
    major, minor, patch, pre = found.groups()
    return Version(int(major), int(minor), int(patch), _words(pre))


def is_exact(text: str) -> bool:
    return parse_version(text) is not None


def newest(versions: Iterable[str]) -> str:
    """ "" of none. What comes before a release only counts where nothing else is there."""
    read = [(version, text) for text in versions if (version := parse_version(text))]
    released = [pair for pair in read if not pair[0].pre]
    return max(released or read, default=(None, ""), key=lambda pair: pair[0] or Version(0, 0, 0))[1]


def satisfies(version: str, wanted: str) -> bool:
    """Whether a range takes the version; a range that can't be read takes none."""
    read = parse_version(version)
    return read is not None and any(_takes(part, read) for part in wanted.split("||"))


def _takes(part: str, version: Version) -> bool:
    part = part.strip()
    if part in _ANY:
        return not version.pre
    if between := _HYPHEN.fullmatch(part):
        part = f">={between[1]} <={between[2]}"
    found = [_PART.fullmatch(word) for word in _SPACED.sub(r"\1", part).split()]
    if not found or not all(found):
        return False
    bounds = [_bound(match) for match in found if match]
    if version.pre and not any(base.pre and base.numbers == version.numbers for base, _ in bounds):
        return False  # what comes before a release is taken only where a range names one of the same
    return all(test(version) for _, test in bounds)


def _bound(match: re.Match[str]) -> tuple[Version, Test]:
    operator, *numbers, pre = match.groups()
    known = [int(number) for number in numbers if number is not None and number.isdigit()]
    base = _version(known, _words(pre))
    after = _after(operator or "", known)
    match operator:
        case ">":
            return base, (lambda version: version > base) if len(known) == len(numbers) else _from(_next(known))
        case ">=":
            return base, _from(base)
        case "<":
            return base, lambda version: version < base
        case "<=":
            return base, (lambda version: version <= base) if len(known) == len(numbers) else _below(after)
    return base, lambda version: base <= version and _below(after)(version)


def _from(lowest: Version | None) -> Test:
    return lambda version: lowest is not None and version >= lowest


def _below(limit: Version | None) -> Test:
    """Also without what comes before the release that is the limit."""
    return lambda version: limit is None or (version < limit and version.numbers != limit.numbers)


def _after(operator: str, known: list[int]) -> Version | None:
    """The first version that `^`, `~` or an incomplete number does not take any more; None: it takes all."""
    if not known:
        return None
    if operator == "^":
        place = next((place for place, number in enumerate(known) if number), len(known) - 1)
        return _next(known[: place + 1])
    if operator.startswith("~"):
        return _next(known[:2])
    return _next(known)


def _next(known: list[int]) -> Version | None:
    if not known:
        return None
    raised = [*known[:-1], known[-1] + 1]
    return _version(raised)


def _version(known: list[int], pre: tuple[int | str, ...] = ()) -> Version:
    major, minor, patch, *_ = *known, 0, 0, 0
    return Version(major, minor, patch, pre)


def _words(pre: str | None) -> tuple[int | str, ...]:
    return tuple(int(word) if word.isdigit() else word for word in (pre or "").split(".") if word)
