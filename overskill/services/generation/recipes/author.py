"""Writes apps without a model: a first turn composes one, a follow-up changes what it has composed."""

from collections.abc import Generator, Mapping, Sequence
from typing import Literal

from overskill.errors import Unavailable
from overskill.services.generation.events import Event, Kind, Turn
from overskill.services.generation.recipes import replies
from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.changes import Change, plan_changes
from overskill.services.generation.recipes.followups import Understood, understand
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.preparing import as_agreed, brief_of, questions_about
from overskill.services.generation.recipes.spec import (
    SPEC_PATH,
    AppSpec,
    UnreadableSpec,
    checksum,
    from_json,
    to_json,
    written_checksums,
)
from overskill.services.generation.recipes.stream import Events, Pause, Typist
from overskill.services.generation.recipes.views import write_app
from overskill.services.generation.recipes.views.first_look import APP_PATH, SHELL_PATH, first_look
from overskill.starter import starter_files

_FRAME = ("src/index.css", "index.html", "src/lib/theme.ts", SHELL_PATH)
_USAGE = {"model": "recipes", "tokens_in": 0, "tokens_out": 0, "tokens_cached": 0, "cost_micro": 0}


class RecipeAuthor:
    """`pause` is called with the seconds that would look natural between two pieces; by default nothing waits."""

    kind: Literal["model", "recipe"] = "recipe"

    def __init__(self, pause: Pause = lambda _: None) -> None:
        self._pause = pause

    def can_repair(self) -> bool:
        return False

    def prepare(self, turn: Turn, *, may_ask: bool, must_plan: bool) -> Generator[Event, None, None]:
        if turn.completed and not must_plan:
            return
        if self._is_beginning(turn):
            yield from _prepare_first(turn, may_ask=may_ask, must_plan=must_plan)
        else:
            yield from _prepare_follow_up(turn, must_plan=must_plan)

    def write(self, turn: Turn) -> Events:
        if turn.feedback:
            return
        typist = Typist(turn, self._pause)
        if self._is_beginning(turn):
            yield from self._first(turn, typist)
        else:
            yield from self._follow_up(turn, typist)
        if not turn.should_stop():
            yield from typist.say(Event(Kind.USAGE, data=_USAGE))

    @staticmethod
    def _is_beginning(turn: Turn) -> bool:
        """There is no spec yet, or this very turn has written it before its worker died."""
        return turn.is_first and (not turn.files.get(SPEC_PATH) or SPEC_PATH in turn.completed)

    @staticmethod
    def _first(turn: Turn, typist: Typist) -> Events:
        brief = read_brief(turn.prompt)
        spec = as_agreed(plan_app(brief), turn.plan)
        files = write_app(spec)
        starter = {path: text for path, text in starter_files().items() if path in files}
        changes = plan_changes(turn.files, starter, files, {}).changes
        if not turn.completed:
            if not turn.plan:
                yield from typist.say(Event(Kind.PLAN, data=replies.first_plan(spec)))
            yield from typist.say(Event(Kind.NAME, text=spec.name))
            yield from typist.say(Event(Kind.PROSE, text=replies.introduction(brief, spec)))
        own = Change(SPEC_PATH, text=to_json(spec, files))
        ordered = _soon_to_be_seen(spec, changes, files)
        yield from typist.write([one for one in (own, *ordered) if one.path not in turn.completed])

    @staticmethod
    def _follow_up(turn: Turn, typist: Typist) -> Events:
        try:
            text = turn.files.get(SPEC_PATH, "")
            spec = from_json(text)
        except UnreadableSpec:
            yield from typist.say(Event(Kind.PROSE, text=replies.not_ours()))
            return
        before = _as_far_as_written(spec, turn.files)
        is_unfinished = before != write_app(spec)
        understood = understand(turn.prompt, spec, is_unfinished=is_unfinished)
        if not understood.steps:
            yield from typist.say(Event(Kind.PROSE, text=replies.not_understood(understood, spec)))
            return
        after = write_app(understood.spec)
        written = {**written_checksums(text), **{path: checksum(turn.files.get(path, "")) for path in turn.completed}}
        plan = plan_changes(turn.files, _with_starter(before, after), _with_starter(after, before), written)
        if plan.conflicts:
            yield from typist.say(Event(Kind.PROSE, text=replies.in_the_way(plan.conflicts, understood)))
            return
        if not turn.completed:
            yield from _announce(typist, spec, understood, is_planned=bool(turn.plan))
        # The spec comes last: a turn that is taken up again after a crash begins from the same one.
        own = Change(SPEC_PATH, text=to_json(understood.spec, after))
        yield from typist.write([*plan.changes, own])


def _prepare_first(turn: Turn, *, may_ask: bool, must_plan: bool) -> Generator[Event, None, None]:
    brief = read_brief(turn.prompt)
    questions = questions_about(brief) if may_ask else None
    if questions:
        yield Event(Kind.QUESTIONS, data=questions)
        return
    spec = as_agreed(plan_app(brief), turn.plan)
    yield Event(Kind.BRIEF, data=brief_of(spec, brief.about).to_json())
    if must_plan or not turn.plan:
        yield Event(Kind.PLAN, data=replies.first_plan(spec))


def _prepare_follow_up(turn: Turn, *, must_plan: bool) -> Generator[Event, None, None]:
    """What the app is to be after the change. Of an app that was changed by hand nothing is known for sure."""
    try:
        text = turn.files.get(SPEC_PATH, "")
        spec = from_json(text)
    except UnreadableSpec:
        if must_plan:
            raise Unavailable(replies.not_ours()) from None
        return
    understood = understand(turn.prompt, spec)
    if must_plan and not understood.steps:
        raise Unavailable(replies.not_understood(understood, spec))
    if all(checksum(turn.files.get(path, "")) == mark for path, mark in written_checksums(text).items()):
        yield Event(Kind.BRIEF, data=brief_of(understood.spec).to_json())
    if must_plan:
        yield Event(Kind.PLAN, data=replies.plan_of(understood))


def _soon_to_be_seen(spec: AppSpec, changes: Sequence[Change], files: Mapping[str, str]) -> list[Change]:
    """The look and the frame first, so that the preview shows them while the rest is written."""
    frame = [change for change in changes if change.path.startswith(_FRAME)]
    rest = [change for change in changes if change not in frame and change.path != APP_PATH]
    look = Change(APP_PATH, text=first_look(spec))
    return [*frame, look, *rest, Change(APP_PATH, text=files[APP_PATH])]


def _as_far_as_written(spec: AppSpec, current: Mapping[str, str]) -> dict[str, str]:
    """What a turn that was stopped has written; where the starter or the first look still is, that."""
    starter, look = starter_files(), {APP_PATH: first_look(spec)}
    return {
        path: current[path] if current[path] in (starter.get(path), look.get(path)) else text
        for path, text in write_app(spec).items()
        if path in current
    }


def _with_starter(files: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """Where only the other spec changes a file of the starter, this one has it as the starter does."""
    starter = starter_files()
    return dict(files) | {path: starter[path] for path in others if path in starter and path not in files}


def _announce(typist: Typist, spec: AppSpec, understood: Understood, *, is_planned: bool) -> Events:
    if not is_planned:
        yield from typist.say(Event(Kind.PLAN, data=replies.plan_of(understood)))
    if understood.spec.name != spec.name:
        yield from typist.say(Event(Kind.NAME, text=understood.spec.name))
    yield from typist.say(Event(Kind.PROSE, text=replies.done(understood)))
