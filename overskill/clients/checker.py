"""Opening a built app in a real browser and trying what it promises.

Checker is what services see. The real one is in overskill/checker/; FakeChecker answers what a test wants.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, Self

from overskill.clients.bundler import Bundle
from overskill.errors import Unavailable

Action = Literal["open", "click", "fill", "choose", "press", "see", "not_see"]
ProblemKind = Literal["console", "request", "blank", "route", "crash", "slow", "memory"]


@dataclass(frozen=True, slots=True)
class BrowserStep:
    """One coarse step, by what a person sees: labels and texts, no selectors.

    open    target: a route, "/tasks"        click   target: the text or name of a button, link or tab
    fill    target: a field's label or placeholder, value: what is typed
    choose  target: a field's label, value: the option            press   target: a key, "Enter"
    see     target: a text that must be visible (any case)        not_see target: one that must not
    """

    do: Action
    target: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class AcceptanceCheck:
    title: str  # "A task that is added is in the list"
    steps: tuple[BrowserStep, ...]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        steps = tuple(BrowserStep(step["do"], step["target"], step.get("value", "")) for step in data["steps"])
        return cls(data["title"], steps)

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "steps": [{"do": step.do, "target": step.target, "value": step.value} for step in self.steps],
        }


@dataclass(frozen=True, slots=True)
class Problem:
    kind: ProblemKind
    message: str
    route: str = "/"
    file: str = ""  # of the app's sources, where it is known
    line: int = 0


@dataclass(frozen=True, slots=True)
class CheckResult:
    title: str
    passed: bool
    why: str = ""  # what was found instead


@dataclass(frozen=True, slots=True)
class BrowserReport:
    problems: tuple[Problem, ...] = ()
    results: tuple[CheckResult, ...] = ()
    routes: tuple[str, ...] = ()  # that were opened
    screenshot: bytes = b""  # PNG of the start page, 1280 x 800
    milliseconds: float = 0.0
    hosts: tuple[str, ...] = ()  # of others, that it would call; none was reached


@dataclass(frozen=True, slots=True)
class Timings:
    """Of the start page, loaded as a phone on slow 4G would: milliseconds, but for `shift`, which has no unit."""

    first_paint: float  # First Contentful Paint
    largest_paint: float  # Largest Contentful Paint
    blocked: float  # Total Blocking Time
    shift: float  # Cumulative Layout Shift


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule of axe that a page breaks."""

    rule: str
    impact: str  # "critical", "serious", "moderate", "minor"
    help: str  # the rule in words
    count: int  # of elements
    route: str


@dataclass(frozen=True, slots=True)
class Measured:
    """How fast an app is there, and whom it keeps out."""

    timings: Timings | None = None
    broken: tuple[BrokenRule, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)  # rule -> impact: what applied, and is not broken anywhere
    routes: tuple[str, ...] = ()  # that axe looked at; none: it did not
    axe: str = ""  # its version


class Checker(Protocol):
    """Blocking; safe from any thread. Bounded in time and memory whatever the app does."""

    def check(
        self,
        bundle: Bundle,
        checks: Sequence[AcceptanceCheck],
        *,
        routes: Sequence[str] = ("/",),
        should_stop: Callable[[], bool] = lambda: False,
    ) -> BrowserReport:
        """Raises Unavailable, saying why, where there is no browser to try it in."""
        ...

    def measure(
        self,
        bundle: Bundle,
        *,
        routes: Sequence[str] = ("/",),
        should_stop: Callable[[], bool] = lambda: False,
    ) -> Measured:
        """How fast the start page is there, and what axe finds on it and on `routes`. Raises Unavailable as `check`."""
        ...


FAST_AND_OPEN = Measured(
    Timings(first_paint=900.0, largest_paint=1200.0, blocked=40.0, shift=0.0),
    kept={"button-name": "critical", "color-contrast": "serious"},
    routes=("/",),
    axe="4.12.1",
)


@dataclass
class FakeChecker:
    """Answers with `reports` one by one, then with a report in which every check passed."""

    reports: list[BrowserReport] = field(default_factory=list)
    measured: Measured = FAST_AND_OPEN
    is_missing: bool = False
    asked: list[tuple[AcceptanceCheck, ...]] = field(default_factory=list)

    def check(
        self,
        bundle: Bundle,  # noqa: ARG002  # the protocol's
        checks: Sequence[AcceptanceCheck],
        *,
        routes: Sequence[str] = ("/",),
        should_stop: Callable[[], bool] = lambda: False,  # noqa: ARG002  # the protocol's
    ) -> BrowserReport:
        if self.is_missing:
            raise Unavailable("There is no Chromium on this machine, so the app was not tried in a browser.")
        self.asked.append(tuple(checks))
        if self.reports:
            return self.reports.pop(0)
        results = tuple(CheckResult(check.title, passed=True) for check in checks)
        return BrowserReport(results=results, routes=tuple(routes), milliseconds=1.0)

    def measure(
        self,
        bundle: Bundle,  # noqa: ARG002  # the protocol's
        *,
        routes: Sequence[str] = ("/",),  # noqa: ARG002  # the protocol's
        should_stop: Callable[[], bool] = lambda: False,  # noqa: ARG002  # the protocol's
    ) -> Measured:
        if self.is_missing:
            raise Unavailable("There is no Chromium on this machine, so the app was not tried in a browser.")
        return self.measured
