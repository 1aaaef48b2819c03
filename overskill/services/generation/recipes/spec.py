"""What an app is, as the recipes understand it. It lives in the app as overskill.json, to be changed later."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal, Self, cast, get_args

SCHEMA = 1
SPEC_PATH = "overskill.json"

FieldType = Literal[
    "text",
    "longtext",
    "number",
    "money",
    "date",
    "time",
    "select",
    "boolean",
    "rating",
    "url",
    "email",
    "phone",
    "days",
]
View = Literal[
    "cards",
    "table",
    "checklist",
    "streaks",
    "board",
    "calendar",
    "insights",
    "notes",
    "quiz",
    "poll",
    "calculator",
    "converter",
    "keypad",
    "split",
    "expenses",
    "comparison",
    "arguments",
    "attendance",
    "ideas",
    "documents",
    "flashcards",
    "drill",
    "league",
    "rounds",
    "tally",
    "game",
    "shop",
    "blog",
    "feed",
    "interval",
    "stopwatch",
    "timers",
    "countdown",
    "picker",
    "groups",
    "order",
    "pairs",
    "dice",
    "coin",
    "numbers",
    "landing",
    "planner",
    "needs",
    "form",
    "texttool",
    "bingo",
    "caller",
    "lineup",
    "answers",
    "counter",
    "history",
    "tallies",
]
Theme = Literal["system", "light", "dark"]
SampleValue = str | int | float | bool
Sample = Mapping[str, SampleValue]


class UnreadableSpec(ValueError):
    """overskill.json is missing, broken, or of another schema."""


@dataclass(frozen=True, slots=True)
class Field:
    id: str
    label: str
    type: FieldType = "text"
    options: tuple[str, ...] = ()
    unit: str = ""
    required: bool = False
    formula: tuple[str, ...] = ()  # the number fields whose product it is


@dataclass(frozen=True, slots=True)
class Action:
    """A one-click change: sets a date field to today. With `every`, the next time is due that many days later."""

    label: str  # "Water"
    done: str  # "Watered"
    sets: str  # a date field
    every: str = ""  # a number field


@dataclass(frozen=True, slots=True)
class Entity:
    singular: str
    plural: str
    icon: str
    fields: tuple[Field, ...]
    samples: tuple[Sample, ...] = ()  # dates are days from today
    action: Action | None = None
    sort: str = ""  # a field, "" is newest first
    descending: bool = False
    search: bool = True
    filters: tuple[str, ...] = ()  # select and boolean fields
    stored_as: str = ""  # what its records are kept under in the browser, when that is not its own name

    @property
    def title(self) -> Field:
        return self.fields[0]

    def field(self, field_id: str) -> Field | None:
        return next((one for one in self.fields if one.id == field_id), None)

    def of_type(self, *types: FieldType) -> list[Field]:
        return [one for one in self.fields if one.type in types]

    @property
    def due(self) -> Field | None:
        """The date by which something has to happen."""
        words = ("due", "deadline", "expire", "expiry", "renew", "return by", "best before", "until")
        dates = [one for one in self.of_type("date") if any(word in one.label.lower() for word in words)]
        return dates[0] if dates else None

    @property
    def done(self) -> Field | None:
        words = {
            "done",
            "completed",
            "complete",
            "finished",
            "bought",
            "packed",
            "paid",
            "read",
            "watched",
            "visited",
            "returned",
            "sent",
        }
        return next((one for one in self.of_type("boolean") if one.label.lower() in words), None)

    @property
    def stage(self) -> Field | None:
        """The select that says how far something is."""
        words = ("status", "stage", "progress", "column", "list", "phase", "state")
        selects = self.of_type("select")
        return next((one for one in selects if one.label.lower() in words), None)


@dataclass(frozen=True, slots=True)
class Page:
    id: str
    title: str
    view: View
    icon: str
    entity: str = ""  # its plural


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a landing page. `content` depends on the kind."""

    id: str
    kind: str
    title: str
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    hue: str
    tone: Literal["clear", "deep", "soft", "grey"] = "clear"
    theme: Theme = "system"
    layout: Literal["sidebar", "topbar"] = "topbar"
    font: Literal["sans", "serif", "rounded", "mono"] = "sans"
    corners: Literal["sharp", "normal", "round"] = "normal"


@dataclass(frozen=True, slots=True)
class AppSpec:
    kind: str
    name: str
    tagline: str
    icon: str
    look: Look
    pages: tuple[Page, ...]
    entities: tuple[Entity, ...] = ()
    sections: tuple[Section, ...] = ()
    content: Mapping[str, Any] = field(default_factory=dict)  # what only this kind needs
    schema: int = SCHEMA

    @property
    def main(self) -> Entity | None:
        return self.entities[0] if self.entities else None

    def entity(self, plural: str) -> Entity:
        return next(one for one in self.entities if one.plural == plural)

    def with_entity(self, changed: Entity) -> Self:
        """`changed` in the place of the entity of the same plural."""
        return replace(self, entities=tuple(changed if one.plural == changed.plural else one for one in self.entities))


def to_json(spec: AppSpec, files: Mapping[str, str]) -> str:
    """The spec, and which content each file got from it: a file that differs was changed by someone else."""
    written = {path: checksum(text) for path, text in files.items()}
    return json.dumps(asdict(spec) | {"written": written}, indent=2, ensure_ascii=False) + "\n"


def checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def written_checksums(text: str) -> Mapping[str, str]:
    written = json.loads(text).get("written", {})
    return written if isinstance(written, dict) else {}


def from_json(text: str) -> AppSpec:
    try:
        data = json.loads(text)
        if data["schema"] != SCHEMA:
            raise UnreadableSpec(f"it has schema {data['schema']}, and schema {SCHEMA} is understood")
        spec = AppSpec(
            **_known(AppSpec, data)
            | {
                "look": Look(**_known(Look, data["look"])),
                "pages": tuple(Page(**_known(Page, page)) for page in data["pages"]),
                "entities": tuple(_entity(entity) for entity in data["entities"]),
                "sections": tuple(Section(**_known(Section, section)) for section in data["sections"]),
            }
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableSpec(str(error)) from error
    _check(spec)
    return spec


def _entity(data: Mapping[str, Any]) -> Entity:
    action = data.get("action")
    return Entity(
        **_known(Entity, data)
        | {
            "fields": tuple(
                Field(
                    **_known(Field, one)
                    | {"options": tuple(one.get("options", ())), "formula": tuple(one.get("formula", ()))}
                )
                for one in data["fields"]
            ),
            "samples": tuple(data["samples"]),
            "filters": tuple(data["filters"]),
            "action": Action(**_known(Action, action)) if action else None,
        }
    )


def _known(kind: type, data: Mapping[str, Any]) -> dict[str, Any]:
    names = {one.name for one in fields(cast("Any", kind))}
    return {name: value for name, value in data.items() if name in names}


def _check(spec: AppSpec) -> None:
    plurals = {entity.plural for entity in spec.entities}
    for entity in spec.entities:
        if not entity.fields or any(one.type not in get_args(FieldType) for one in entity.fields):
            raise UnreadableSpec(f"the fields of {entity.plural} are not usable")
    for page in spec.pages:
        if page.view not in get_args(View) or (page.entity and page.entity not in plurals):
            raise UnreadableSpec(f"the page {page.title} is not usable")
    if not spec.pages:
        raise UnreadableSpec("it has no pages")
