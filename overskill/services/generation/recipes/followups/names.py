"""Other names: for the app, a field, a page, a section, a kind of record."""

from dataclasses import replace

from overskill.services.generation.recipes.followups.steps import Asked, Step, unquoted
from overskill.services.generation.recipes.spec import AppSpec, Entity
from overskill.services.generation.recipes.words import (
    headline,
    is_plural,
    kebab,
    plain,
    pluralize,
    sentence,
    singularize,
)

_APP = (
    r"(?:it|this|the app|this app|my app|the application|the site|the website|the page title|"
    r"the title|the name|the app'?s? (?:name|title)|title|name)"
)


def rename_app(asked: Asked) -> Step | None:
    found = (
        asked.match(rf"^(?:re-?name|call|name|title)\s+{_APP}\s+(?:to |as |into )?(.+)$")
        or asked.match(rf"^(?:change|set|make)\s+{_APP}\s+(?:to|into|be|=|:)\s*(.+)$")
        or asked.match(r"^(?:title|name|new name|app name)(?: is|:)\s+(.+)$")
        or asked.match(r"^(?:it |the app )?should be (?:called|named) (.+)$")
    )
    if not found:
        return None
    name = unquoted(found[1])[:40]
    if not name or find_part(asked, found[0]):
        return None
    name = name if name != name.lower() else headline(name)
    return Step(f"Rename it to {name}", replace(asked.spec, name=name))


def find_part(asked: Asked, text: str) -> bool:
    """ "Rename the title field to…" is about a field."""
    del asked
    return any(word in text.lower() for word in (" field", " column", " page", " section"))


def rename_part(asked: Asked) -> Step | None:
    found = asked.match(
        r"^(?:re-?name|change|relabel|turn)\s+(?:the\s+)?(.+?)\s+(?:to|into|as)\s+(.+)$"
    ) or asked.match(r"^call\s+(?:the\s+)?(.+?)\s+(?:instead\s+)?(\"[^\"]+\"|\S+(?:\s\S+){0,2})$")
    if not found:
        return None
    part, label = unquoted(found[1]), plain(found[2])[:40]
    bare = (
        part.lower().removesuffix(" section").removesuffix(" page").removesuffix(" tab").removesuffix(" field").strip()
    )
    if not label:
        return None
    return (
        _rename_section(asked.spec, bare, label)
        or _rename_page(asked.spec, bare, label)
        or _rename_entity(asked, bare, label)
        or _rename_field(asked, part, label)
    )


def _rename_section(spec: AppSpec, wanted: str, label: str) -> Step | None:
    for section in spec.sections:
        if wanted in {section.title.lower(), section.id.lower()} or singularize(wanted) == singularize(
            section.id.lower()
        ):
            renamed = tuple(replace(one, title=sentence(label)) if one == section else one for one in spec.sections)
            return Step(f"Rename the section {section.title} to {sentence(label)}", replace(spec, sections=renamed))
    return None


def _rename_page(spec: AppSpec, wanted: str, label: str) -> Step | None:
    for page in spec.pages:
        is_records = page.entity and page.title.lower() == page.entity.lower()
        if wanted in {page.title.lower(), page.id.lower()} and not is_records:
            renamed = tuple(replace(one, title=sentence(label)) if one == page else one for one in spec.pages)
            return Step(f"Rename the page {page.title} to {sentence(label)}", replace(spec, pages=renamed))
    return None


def _rename_entity(asked: Asked, wanted: str, label: str) -> Step | None:
    entity = asked.entity_named(wanted)
    if not entity:
        return None
    last = label.rsplit(maxsplit=1)[-1]
    plural = label.lower() if is_plural(last.lower()) else pluralize(label.lower())
    if any(one.plural == plural and one != entity for one in asked.spec.entities):
        return None
    renamed = replace(
        entity, singular=singularize(plural), plural=plural, stored_as=entity.stored_as or kebab(entity.plural)
    )
    return Step(f"Call the {entity.plural} {plural}", with_renamed_entity(asked.spec, entity, renamed))


def with_renamed_entity(spec: AppSpec, entity: Entity, renamed: Entity) -> AppSpec:
    pages = tuple(
        replace(
            page,
            entity=renamed.plural,
            title=sentence(renamed.plural) if page.title.lower() == entity.plural else page.title,
            id=kebab(renamed.plural) if page.id == kebab(entity.plural) else page.id,
        )
        if page.entity == entity.plural
        else page
        for page in spec.pages
    )
    entities = tuple(renamed if one == entity else one for one in spec.entities)
    return replace(spec, pages=pages, entities=entities)


def _rename_field(asked: Asked, wanted: str, label: str) -> Step | None:
    found = asked.field_named(wanted)
    if not found:
        return None
    entity, field = found
    # The id stays: what is stored in the browser under it stays readable.
    renamed = tuple(replace(one, label=sentence(label)) if one == field else one for one in entity.fields)
    return Step(
        f"Rename the field {field.label} to {sentence(label)}",
        asked.with_entity(entity, fields=renamed),
        field=field.id,
    )
