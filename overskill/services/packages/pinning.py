"""Ranges of versions in a package.json become the versions that they take; nothing else in it changes."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from overskill.clients.bundler import Diagnostic
from overskill.db import BeginAgain
from overskill.errors import OverskillError
from overskill.npm_versions import is_exact
from overskill.services.packages.named import MANIFEST, manifest_of, vendor_packages
from overskill.services.packages.shelf import Shelf

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]')
_OPENING, _CLOSING = frozenset("{["), frozenset("}]")


@dataclass(frozen=True, slots=True)
class Range:
    """A version in package.json that is none yet; `start` and `end` are those of its text, with its quotes."""

    name: str
    wanted: str
    start: int
    end: int

    @property
    def spec(self) -> str:
        return f"{self.name}@{self.wanted.strip() or '*'}"


@dataclass(frozen=True, slots=True)
class Pinned:
    """`said` is for who wrote it: a sentence for each version. `problems`: of ranges that stay, because none is had."""

    text: str
    said: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


@dataclass
class Pins:
    """The versions that ranges take, each asked for once, and never with a row locked."""

    shelf: Shelf
    _found: dict[str, str] = field(default_factory=dict)  # spec -> version
    _refused: dict[str, str] = field(default_factory=dict)  # spec -> why there is none

    def pin(self, text: str) -> Pinned:
        """A whole package.json. Raises BeginAgain while it is not known what its ranges take."""
        ranges = list(_ranges(text))
        if unknown := [one for one in ranges if one.spec not in self._found.keys() | self._refused.keys()]:
            raise BeginAgain(partial(self._ask, unknown))
        had = [(one, self._found[one.spec]) for one in ranges if one.spec in self._found]
        pinned = text
        for one, version in reversed(had):
            pinned = f"{pinned[: one.start]}{json.dumps(version)}{pinned[one.end :]}"
        said = tuple(f"{one.name}: “{one.wanted}” became {version}." for one, version in had)
        problems = tuple(_problem(text, one, self._refused[one.spec]) for one in ranges if one.spec in self._refused)
        return Pinned(pinned, said, problems)

    def _ask(self, ranges: Sequence[Range]) -> None:
        for one in ranges:
            try:
                self._found[one.spec] = self.shelf.choose(one.spec).version
            except OverskillError as refusal:
                self._refused[one.spec] = refusal.message


def _ranges(text: str) -> Iterator[Range]:
    """What "dependencies" names that is not in the prebundled set, nor at one version."""
    if manifest_of({MANIFEST: text}) is None:
        return
    tokens, depth, section = list(_TOKEN.finditer(text)), 0, ""
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before[0] in _OPENING:
            depth += 1
        elif before[0] in _CLOSING:
            depth -= 1
        if token[0] != ":":
            continue
        name = json.loads(before[0])
        if depth == 1:
            section = name
        elif depth == 2 and section == "dependencies" and after[0].startswith('"'):
            wanted = json.loads(after[0])
            if name not in vendor_packages() and not is_exact(wanted):
                yield Range(name, wanted, after.start(), after.end())


def _problem(text: str, one: Range, why: str) -> Diagnostic:
    line = text.count("\n", 0, one.start) + 1
    column = one.start - text.rfind("\n", 0, one.start)
    return Diagnostic(MANIFEST, why, line, column, code="package")
