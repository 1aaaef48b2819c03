"""What a child says while it works, a line of JSON each, becomes a report. It is bounded whatever is said."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from overskill.clients.checker import (
    BrokenRule,
    BrowserReport,
    CheckResult,
    Measured,
    Problem,
    ProblemKind,
    Timings,
)
from overskill.errors import Unavailable

_MOST_PROBLEMS = 30
_MOST_ENTRIES = 40
_MOST_BYTES = 16 * 1024 * 1024
_LONGEST_MESSAGE = 500


@dataclass
class Lines:
    """What every child says, and how much of it is taken."""

    is_done: bool = False
    _rest: bytes = b""
    _taken: int = 0

    @property
    def is_empty(self) -> bool:
        raise NotImplementedError

    @property
    def is_too_much(self) -> bool:
        return self._taken > _MOST_BYTES

    def take(self, piece: bytes) -> None:
        """A piece of the child's output. Raises Unavailable where it says that there is no browser to be had."""
        self._taken += len(piece)
        *lines, self._rest = (self._rest + piece).split(b"\n")
        for line in lines:
            self._take_line(json.loads(line))

    def _take_line(self, said: Mapping[str, Any]) -> None:
        match said:
            case {"unavailable": str(why)}:
                raise Unavailable(f"The app was not tried in a browser: {why}")
            case {"done": True}:
                self.is_done = True


@dataclass
class Gathering(Lines):
    """Of a check."""

    problems: list[Problem] = field(default_factory=list)
    results: list[CheckResult] = field(default_factory=list)
    routes: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    screenshot: bytes = b""

    @property
    def is_empty(self) -> bool:
        return not (self.problems or self.results or self.routes or self.screenshot)

    def add(self, kind: ProblemKind, message: str) -> None:
        """What was seen from outside."""
        self.problems = [*self.problems[: _MOST_PROBLEMS - 1], Problem(kind, message)]

    def report(self, milliseconds: float) -> BrowserReport:
        return BrowserReport(
            problems=tuple(self.problems),
            results=tuple(self.results),
            routes=tuple(self.routes),
            screenshot=self.screenshot,
            milliseconds=milliseconds,
            hosts=tuple(self.hosts),
        )

    def _take_line(self, said: Mapping[str, Any]) -> None:
        match said:
            case {"problem": problem} if len(self.problems) < _MOST_PROBLEMS:
                self.problems.append(Problem(**{**problem, "message": problem["message"][:_LONGEST_MESSAGE]}))
            case {"result": result} if len(self.results) < _MOST_ENTRIES:
                self.results.append(CheckResult(result["title"], result["passed"], result["why"][:_LONGEST_MESSAGE]))
            case {"route": str(route)} if len(self.routes) < _MOST_ENTRIES:
                self.routes.append(route)
            case {"host": str(host)} if len(self.hosts) < _MOST_ENTRIES:
                self.hosts.append(host)
            case {"screenshot": str(picture)}:
                self.screenshot = _decoded(picture)
            case _:
                super()._take_line(said)


@dataclass
class Measuring(Lines):
    """Of how fast an app is there, and whom it keeps out."""

    timings: Timings | None = None
    broken: list[BrokenRule] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    routes: list[str] = field(default_factory=list)
    axe: str = ""

    @property
    def is_empty(self) -> bool:
        return self.timings is None and not self.routes

    def measured(self) -> Measured:
        broken = {rule.rule for rule in self.broken}
        kept = {rule: impact for rule, impact in self.kept.items() if rule not in broken}
        return Measured(self.timings, tuple(self.broken), kept, tuple(self.routes), self.axe)

    def _take_line(self, said: Mapping[str, Any]) -> None:
        match said:
            case {"timings": {"firstPaint": first, "largestPaint": largest, "blocked": blocked, "shift": shift}}:
                self._keep_better(Timings(float(first), float(largest), float(blocked), float(shift)))
            case {"rules": {"axe": str(version), "route": str(route), "broken": broken, "kept": kept}}:
                self.axe = version
                self.routes.append(route)
                self.broken += [BrokenRule(**rule, route=route) for rule in broken]
                self.kept |= kept
            case _:
                super()._take_line(said)

    def _keep_better(self, timings: Timings) -> None:
        """Of two loads: what else the machine did meanwhile makes an app slower, never faster."""
        before = self.timings
        if before is None or timings.largest_paint + timings.blocked < before.largest_paint + before.blocked:
            self.timings = timings


def _decoded(picture: str) -> bytes:
    try:
        return base64.b64decode(picture, validate=True)
    except binascii.Error:
        return b""
