"""Taking what an author writes: each event staged, put right where that needs no thought, written down, shown."""

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from overskill.clients.bundler import Applied, Bundler, Diagnostic, Repaired
from overskill.errors import OverskillError
from overskill.services.generation.bounds import Bounds, WentRound
from overskill.services.generation.briefing import available_packages
from overskill.services.generation.events import Author, Event, Kind, Turn
from overskill.services.generation.preview import PreviewFeed
from overskill.services.generation.staging import EditRefused, Staging
from overskill.services.packages.named import added_packages, missing_packages
from overskill.services.packages.shelf import Shelf

SETTLE_SECONDS = 0.5
MOST_REFUSALS = 60  # of one turn: an author that hears no so often will not listen any more
_IS_SHOWN_AT_ONCE = frozenset({Kind.CLOSE, Kind.DELETE, Kind.RENAME})
_IS_WRITING = frozenset({Kind.PROSE, Kind.DELTA})


class Recorder(Protocol):
    """Where a turn is written down: in the log and the rows, or, for a replay, in memory."""

    prose: list[str]

    def take(self, event: Event) -> None: ...
    def note(self, kind: str, /, **data: object) -> None: ...
    def begin_paragraph(self) -> None: ...


class Meter(Protocol):
    """What a turn may cost. Both raise OverskillError where it ends."""

    def add(self, usage: Mapping[str, Any]) -> None: ...
    def estimate(self, characters: int) -> None:
        """So many characters more were written, and not accounted for yet."""
        ...


class NoMeter:
    def add(self, usage: Mapping[str, Any]) -> None:
        pass

    def estimate(self, characters: int) -> None:
        pass


@dataclass
class Writer:
    """The files of one turn, and everything that changes them."""

    bundler: Bundler
    recorder: Recorder
    feed: PreviewFeed
    staging: Staging
    should_stop: Callable[[], bool]
    meter: Meter = field(default_factory=NoMeter)
    on_name: Callable[[str], None] = lambda _: None
    shelf: Shelf | None = None
    name: str = ""
    summary: str = ""  # of the plan
    free_repairs: Counter[str] = field(default_factory=Counter)  # kind -> how many
    refusals: int = 0
    _bounds: Bounds = field(default_factory=Bounds)
    _edited: str = ""  # the file whose edits are not shown yet
    _repairs_fail: bool = False

    def resume(self, done: Iterable[Event]) -> None:
        """Take up what an earlier attempt completed. It is written down already."""
        for event in done:
            with suppress(EditRefused):  # somebody changed or locked the file since
                self.staging.apply(event)
                self._remember(event)
        self.feed.push({})

    def place(self, files: Mapping[str, str]) -> None:
        """Files that come from elsewhere than an author: sent along with the message."""
        placed = {path for path, text in files.items() if self._apply_one(path, text)}
        if placed:
            self._show(placed)

    def remove(self, paths: Iterable[str]) -> None:
        removed = {path for path in paths if self._apply_one(path, None)}
        if removed:
            self._show(removed)

    def put_back(self, files: Mapping[str, str]) -> None:
        """Have all files as they were at some time of this turn."""
        self.remove([path for path in self.staging if path not in files])
        self.place({path: text for path, text in files.items() if self.staging.get(path) != text})

    def write(self, author: Author, turn: Turn) -> None:
        """Have the author write, until it has finished or the user wants no more."""
        self.recorder.begin_paragraph()
        events: Generator[Event, str | None, None] = author.write(turn)
        refused: str | None = None
        with closing(events):
            while not self.should_stop():
                try:
                    event = events.send(refused)
                except StopIteration:
                    break
                refused = self.take(event)
            else:
                self._settle(events)
        self._show_edits()

    def _settle(self, events: Generator[Event, str | None, None]) -> None:
        """The user asked to stop, and the author is about to: nothing counts any more but what it cost."""
        deadline = time.monotonic() + SETTLE_SECONDS
        for event in events:
            if event.kind is Kind.USAGE:
                self.recorder.take(event)
            if time.monotonic() > deadline:
                return

    def take(self, event: Event) -> str | None:
        """Returns why the event was refused, if it was. Raises OverskillError where the turn may cost no more."""
        if event.kind is not Kind.EDIT or event.path != self._edited:
            self._show_edits()
        before = dict(self.staging.changes()) if event.kind is Kind.RENAME else {}
        try:
            self.staging.apply(event)
        except EditRefused as refusal:
            return self._refuse(event, refusal.reason)
        self.recorder.take(event)
        self._remember(event)
        self._meter(event)
        if event.kind is Kind.EDIT:
            self._edited = event.path
        elif event.kind in _IS_SHOWN_AT_ONCE:
            changed = set(self.staging.changes()) ^ set(before) if event.kind is Kind.RENAME else set()
            if event.kind is Kind.CLOSE:
                changed |= self._repaired([event.path], is_final=False)
            self._show(changed | {event.path})
        return None

    def _refuse(self, event: Event, reason: str) -> str:
        self.recorder.note("refused", path=event.path, text=reason)
        self.refusals += 1
        if self.refusals > MOST_REFUSALS:
            raise WentRound(
                f"{self.refusals} changes of this turn could not be used, the last because: {reason} "
                "It was ended before it cost more. Ask for a smaller step, or switch to another model."
            )
        return reason

    def _meter(self, event: Event) -> None:
        if event.kind is Kind.USAGE:
            self.meter.add(event.data)
        elif event.kind in _IS_WRITING:
            self.meter.estimate(len(event.text))
            self._bounds.add(len(event.text))

    def _remember(self, event: Event) -> None:
        if event.kind is Kind.NAME:
            self.name = event.text
            self.on_name(event.text)
        elif event.kind is Kind.PLAN:
            self.summary = str(event.data.get("summary", ""))

    def _show_edits(self) -> None:
        """The edits of one file that came one after another, as one change: between them it may use what it
        does not import yet, and an app that breaks for a moment loses its state."""
        if self._edited:
            path, self._edited = self._edited, ""
            self._show({path} | self._repaired([path], is_final=False))

    def repair(self, paths: Iterable[str]) -> None:
        """All of these files are there: put right what needs no model, and show that."""
        if changed := self._repaired(paths, is_final=True) | self._with_packages():
            self._show(changed)

    def _with_packages(self) -> set[str]:
        """What the code imports and nobody asked for, as far as it may be had."""
        if self.shelf is None:
            return set()
        said, refused = [], []
        for name in missing_packages(self.staging):
            try:
                (added,) = self.shelf.add([name], added_packages(self.staging))
            except OverskillError as refusal:
                refused.append(refusal.message)
                continue
            add = Event(Kind.PACKAGES, data={"add": [f"{name}@{added.version}"], "said": [added.sentence]})
            said += [name] if self._quietly(add) else []
        if refused:
            self.recorder.take(Event(Kind.PACKAGES, data={"add": [], "remove": [], "refused": refused}))
        return {"package.json"} if said else set()

    def _repaired(self, paths: Iterable[str], *, is_final: bool) -> set[str]:
        """The paths that changed. Before all files are there, what may yet come is not missed."""
        present = [path for path in paths if path in self.staging and path not in self.staging.locked]
        if not present or self._repairs_fail:
            return set()
        try:
            repaired = self.bundler.repair(self.staging, present, is_final=is_final)
        except OverskillError:
            self._repairs_fail = True  # the bundler is away: the turn goes on without, as it does without a preview
            return set()
        return self._apply(repaired)

    def _apply(self, repaired: Repaired) -> set[str]:
        changed = set()
        for path, text in repaired.changes.items():
            if self._apply_one(path, text):
                changed.add(path)
        if repaired.packages:
            versions = available_packages()
            wanted = [f"{name}@^{versions[name]}" for name in repaired.packages if name in versions]
            if self._quietly(Event(Kind.PACKAGES, data={"add": wanted})):
                changed.add("package.json")
        if changed:
            made = [repair for repair in repaired.repairs if repair.path not in self.staging.locked]
            self.free_repairs.update(repair.kind for repair in made)
            entries = [{"path": one.path, "kind": one.kind, "message": one.message, "line": one.line} for one in made]
            self.recorder.note("repaired", repairs=entries)
        return changed

    def _apply_one(self, path: str, text: str | None) -> bool:
        if text is None:
            return self._quietly(Event(Kind.DELETE, path))
        return self._quietly(Event(Kind.OPEN, path)) and self._quietly(Event(Kind.CLOSE, path, text))

    def _quietly(self, event: Event) -> bool:
        """An event of our own. One that is refused changes nothing, and nobody has to hear of it."""
        try:
            self.staging.apply(event)
        except EditRefused:
            return False
        if event.kind is not Kind.OPEN:
            self.recorder.take(event)
        return True

    def _show(self, paths: set[str]) -> None:
        changes = self.staging.changes()
        applied = self.feed.push({path: changes.get(path, self.staging.get(path)) for path in paths})
        if applied is not None and not errors_of(applied):
            self.recorder.note("preview", revision=applied.revision)

    def show_all(self) -> Applied | None:
        """Show all of it as it is. None when the preview can't be reached."""
        return self.feed.push({}, draft=False)

    def compile(self) -> tuple[Diagnostic, ...]:
        """Show all of it as it is, and say what does not compile. What people save meanwhile is shown, too, but is
        not the author's to repair: where something is wrong, only the turn's own files are looked at."""
        applied = self.show_all()
        if applied and errors_of(applied):
            applied = self.feed.show_only_these()
        return errors_of(applied) if applied else ()


def errors_of(applied: Applied) -> tuple[Diagnostic, ...]:
    return tuple(found for found in applied.diagnostics if found.severity == "error")
