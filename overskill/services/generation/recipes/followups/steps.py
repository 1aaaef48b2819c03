"""What a clause is read with, and what is made of it."""

import re
from dataclasses import dataclass, replace

from overskill.services.generation.recipes.making import find_field
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field
from overskill.services.generation.recipes.words import singularize

_IT = frozenset({"it", "that", "this", "that field", "this field", "the new field", "that one", "them"})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was asked for, with the spec after it."""

    sentence: str
    spec: AppSpec
    field: str = ""  # what "it" means in what follows


@dataclass(frozen=True, slots=True)
class Understood:
    spec: AppSpec
    steps: tuple[Step, ...]
    unclear: tuple[str, ...]
    already: tuple[str, ...] = ()  # understood, but it is so already


@dataclass(frozen=True, slots=True)
class Asked:
    """A clause, and what it is about."""

    text: str
    spec: AppSpec
    field: str = ""  # the field spoken of before

    def match(self, pattern: str) -> re.Match[str] | None:
        return re.search(pattern, self.text, re.IGNORECASE)

    def entity_named(self, words: str) -> Entity | None:
        wanted = singularize(words.lower().strip(" .'\"").removeprefix("the ").removeprefix("my "))
        for entity in self.spec.entities:
            if wanted in {entity.singular.lower(), singularize(entity.plural.lower())}:
                return entity
        return None

    def entity(self) -> Entity | None:
        """The one the clause names, else the main one."""
        for one in self.spec.entities:
            if re.search(
                rf"\b(?:to|in|of|for|from|on) (?:the |my |each |every |all )?{re.escape(one.singular)}",
                self.text,
                re.IGNORECASE,
            ):
                return one
            if re.search(
                rf"\b(?:to|in|of|for|from|on) (?:the |my |all )?{re.escape(one.plural)}", self.text, re.IGNORECASE
            ):
                return one
        return self.spec.main

    def field_named(self, words: str) -> tuple[Entity, Field] | None:
        label = re.sub(r"^(?:the|a|an|its|their|my)\s+", "", words.strip(" .'\""), flags=re.IGNORECASE)
        label = re.sub(r"\s+(?:field|column|property|attribute|filter|option)s?$", "", label, flags=re.IGNORECASE)
        for entity in self.spec.entities:
            found = entity.field(self.field) if label.lower() in _IT else find_field(entity, label)
            if found:
                return entity, found
        return None

    def with_entity(self, entity: Entity, **changes: object) -> AppSpec:
        return self.spec.with_entity(replace(entity, **changes))  # type: ignore[arg-type]  # fields of Entity


def unquoted(text: str) -> str:
    return text.strip().strip("\"'“”‘’«»").strip(" .,:")
