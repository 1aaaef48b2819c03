"""What an app is to be, before a line of it is written: the prompt, thought through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from overskill.clients.checker import AcceptanceCheck

FEWEST_CHECKS = 3
MOST_CHECKS = 8


@dataclass(frozen=True, slots=True)
class Entity:
    name: str  # "Task"
    fields: tuple[str, ...] = ()  # "title", "due date"


@dataclass(frozen=True, slots=True)
class Page:
    path: str  # "/", "/tasks"
    title: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    kind: str = ""  # "tracker", "landing page": words, not a closed list
    summary: str = ""
    audience: str = ""
    pages: tuple[Page, ...] = ()
    entities: tuple[Entity, ...] = ()
    look: str = ""
    checks: tuple[AcceptanceCheck, ...] = field(default=())
    language: str = "en"  # of the app's texts

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The brief as it was kept. `data` is ours: what a model says is read by enhance.py, which trusts nothing."""
        return cls(
            kind=data.get("kind", ""),
            summary=data.get("summary", ""),
            audience=data.get("audience", ""),
            pages=tuple(Page(**page) for page in data.get("pages", ())),
            entities=tuple(Entity(one["name"], tuple(one["fields"])) for one in data.get("entities", ())),
            look=data.get("look", ""),
            checks=tuple(AcceptanceCheck.from_json(check) for check in data.get("checks", ())),
            language=data.get("language", "en"),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "summary": self.summary,
            "audience": self.audience,
            "pages": [{"path": page.path, "title": page.title, "purpose": page.purpose} for page in self.pages],
            "entities": [{"name": one.name, "fields": list(one.fields)} for one in self.entities],
            "look": self.look,
            "checks": [check.to_json() for check in self.checks],
            "language": self.language,
        }
