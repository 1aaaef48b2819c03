"""What a record holds: fields, their options, other kinds of records, sample data."""

import re
from dataclasses import replace

from overskill.services.generation.recipes.brief import split_list
from overskill.services.generation.recipes.fields import field_from_label
from overskill.services.generation.recipes.followups.steps import Asked, Step, unquoted
from overskill.services.generation.recipes.lexicon import domain_entity, search
from overskill.services.generation.recipes.making import list_page, with_fields
from overskill.services.generation.recipes.samples import fill_samples
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, SampleValue
from overskill.services.generation.recipes.words import is_plural, listing, low, plain, pluralize, sentence, singularize

# Without these a view would have nothing to show: kind -> ids that stay.
_KEPT: dict[str, frozenset[str]] = {
    "shop": frozenset({"price"}),
    "poll": frozenset({"votes"}),
    "feed": frozenset({"author", "message", "date", "likes", "liked"}),
    "notes": frozenset({"text", "updated"}),
    "blog": frozenset({"date", "text"}),
    "quiz": frozenset({"answer", "wrong1"}),
    "split": frozenset({"name", "shares"}),
    "timer": frozenset({"name", "date", "minutes", "laps"}),
    "habits": frozenset({"checkIns"}),
    "compare": frozenset({"side", "weight", "about"}),
    "expenses": frozenset({"amount", "paidBy", "sharedBy"}),
    "retro": frozenset({"column", "votes"}),
    "invoice": frozenset({"client", "date", "status"}),
}
_NO_FIELDS = frozenset({"calculator", "landing", "split", "quiz", "picker"})
_NOT_A_FIELD = re.compile(
    r"\b(login|sign|users?|accounts?|authentication|auth|notification\w*|e-?mails? (?:to|when|"
    r"reminder)|sms|push|backend|database|api|server|"
    r"payments?|stripe|export|import|csv|pdf|upload\w*|integration|multiplayer|real-?time|sync\w*|animation\w*|sounds?|videos?|logo|"
    r"button|link to|feature|mode|bug|error|it|something|things?|more|better|cool|ai)\b",
    re.IGNORECASE,
)


def add_field(asked: Asked) -> Step | None:
    entity = asked.entity()
    if not entity or asked.spec.kind in _NO_FIELDS:
        return None
    found = asked.match(
        r"^(?:add|include|track|record|store|show|give (?:each|every|all|the) \w+|put in|create|with|log|"
        r"have|has|save)\s+"
        r"(?:(?:an?|the|some|new|another|extra|more|also)\s+)*(?:fields?|columns?|inputs?)?(?:\s*(?:for|called|named|:))?\s*(.+)$"
    )
    if not found:
        return None
    listed = re.sub(
        (
            rf"\s+(?:to|for|on|of|in)\s+(?:the |each |every |all |my )?(?:{re.escape(entity.singular)}|"
            rf"{re.escape(entity.plural)}|it|them|form|list|app|records?|entries|items?)\b.*$"
        ),
        "",
        found[1],
        flags=re.IGNORECASE,
    )
    labels = [_label(part) for part in split_list(listed)]
    if not labels or any(not _is_label(label) for label in labels):
        return None
    fields = [field_from_label(*_typed(label)) for label in labels]
    known = {one.id for one in entity.fields}
    fresh = [one for one in fields if one.id not in known]
    if not fresh:
        names = listing([low(one.label) for one in fields])
        return Step(f"{sentence(names)} is there already", asked.spec, field=fields[-1].id)
    names = listing([low(one.label) for one in fresh])
    return Step(
        f"Add {names} to the {entity.plural}", asked.spec.with_entity(with_fields(entity, fresh)), field=fresh[-1].id
    )


def _label(part: str) -> str:
    label = re.sub(r"^(?:an?|the|new|extra)\s+", "", unquoted(part), flags=re.IGNORECASE)
    label = re.sub(r"\s+(?:fields?|columns?|inputs?|property|attribute)$", "", label, flags=re.IGNORECASE)
    return unquoted(re.sub(r"^(?:fields?|columns?) (?:for |called |named )?", "", label, flags=re.IGNORECASE))


def _typed(label: str) -> tuple[str, str]:
    """ "A checkbox for returned" is the field Returned, a checkbox."""
    found = re.match(
        r"(checkbox|toggle|dropdown|number|date|text|rating|money|url) (?:for|of|called)(?: the)? (.+)$",
        label,
        re.IGNORECASE,
    )
    return (found[2], found[1].lower()) if found else (label, "")


def _is_label(label: str) -> bool:
    return 1 <= len(label.split()) <= 4 and not _NOT_A_FIELD.search(label) and bool(re.search(r"[A-Za-z]{2}", label))


def remove_field(asked: Asked) -> Step | None:
    found = asked.match(r"^(?:remove|delete|drop|hide|take out|get rid of|without|no)\s+(.+)$")
    if not found:
        return None
    spec = asked.spec
    gone: list[str] = []
    for part in split_list(re.sub(r"\s+(?:fields?|columns?)$|\s+from .*$", "", found[1], flags=re.IGNORECASE)):
        named = Asked(asked.text, spec, asked.field).field_named(part)
        if not named:
            return None
        entity, field = named
        if field == entity.title or field.id in _KEPT.get(spec.kind, frozenset()):
            return None
        spec = spec.with_entity(without_field(entity, field))
        gone.append(low(field.label))
    return Step(f"Take out {listing(gone)}", _with_usable_pages(spec)) if gone else None


def without_field(entity: Entity, gone: Field) -> Entity:
    action = entity.action
    if action and gone.id in {action.sets, action.every}:
        action = replace(action, every="") if gone.id == action.every else None
    return replace(
        entity,
        fields=tuple(one for one in entity.fields if one != gone),
        samples=tuple({key: value for key, value in row.items() if key != gone.id} for row in entity.samples),
        filters=tuple(one for one in entity.filters if one != gone.id),
        sort="" if entity.sort == gone.id else entity.sort,
        action=action,
    )


def _with_usable_pages(spec: AppSpec) -> AppSpec:
    """A page that needed what was taken out shows cards, or goes when there are others."""
    pages = []
    for page in spec.pages:
        entity = spec.entity(page.entity) if page.entity else None
        missing = entity and (
            (page.view == "board" and not entity.stage)
            or (page.view == "calendar" and not entity.of_type("date"))
            or (page.view == "checklist" and not entity.of_type("boolean"))
        )
        if not missing:
            pages.append(page)
        elif page.view == "checklist" or page == spec.pages[0]:
            pages.append(replace(page, view="cards"))
    return replace(spec, pages=tuple(pages))


def add_option(asked: Asked) -> Step | None:
    poll = _poll_option(asked)
    if poll:
        return poll
    found = asked.match(
        r"^add\s+(?:an? |the )?(?:options?|choices?|values?|columns?|status(?:es)?|categor(?:y|ies)|"
        r"stages?)?\s*(.+?)\s+(?:to|as an? (?:option|choice) (?:for|to|"
        r"of))\s+(?:the\s+)?(.+?)(?:\s+(?:options?|choices|list|dropdown|field))?$"
    ) or asked.match(
        r"^add\s+(?:an? |another )?(?P<field>status|stage|category|column|type|priority|room|tag|"
        r"topic)\s+(?:called\s+|named\s+|:\s*)?(?P<option>[\"“'A-Z].*)$"
    )
    if not found:
        return None
    groups = found.groupdict()
    option_text, field_text = (groups["option"], groups["field"]) if groups else (found[1], found[2])
    if groups and field_text.lower() == "column":
        field_text = "status"
    named = asked.field_named(singularize(field_text)) or asked.field_named(field_text)
    if not named or named[1].type != "select":
        return None
    entity, field = named
    options = [sentence(unquoted(part)) for part in split_list(option_text)]
    added = [one for one in options if one and one not in field.options]
    if not added:
        return None
    at = len(field.options) - 1 if field == entity.stage else len(field.options)
    changed = replace(field, options=(*field.options[:at], *added, *field.options[at:]))
    return Step(
        f"Add {listing(added)} to {low(field.label)}", _with_field(asked, entity, field, changed), field=field.id
    )


def _poll_option(asked: Asked) -> Step | None:
    entity = asked.spec.main
    found = asked.match(r"^add\s+(?:an? |the |another )?(?:options?|choices?|candidates?)(?: called| named|:)?\s+(.+)$")
    if asked.spec.kind != "poll" or not entity or not found:
        return None
    names = [sentence(unquoted(part)) for part in split_list(found[1])]
    rows: list[dict[str, SampleValue]] = [{entity.title.id: name, "votes": 0} for name in names if name]
    blank = {one.id: "" for one in entity.of_type("text")}
    changed = fill_samples(replace(entity, samples=(*entity.samples, *({**blank, **row} for row in rows))))
    return Step(f"Add {listing(names)}", asked.spec.with_entity(changed))


def remove_option(asked: Asked) -> Step | None:
    found = asked.match(
        r"^(?:remove|delete|drop)\s+(?:the )?(?:option |choice |column )?(.+?)\s+from\s+(?:the\s+)?(.+)$"
    )
    named = asked.field_named(found[2]) if found else None
    if not found or not named or named[1].type != "select":
        return None
    entity, field = named
    gone = unquoted(found[1]).lower()
    kept = tuple(option for option in field.options if option.lower() != gone)
    if len(kept) == len(field.options) or len(kept) < 2:
        return None
    return Step(
        f"Take {gone} out of {low(field.label)}", _with_field(asked, entity, field, replace(field, options=kept))
    )


def _with_field(asked: Asked, entity: Entity, field: Field, changed: Field) -> AppSpec:
    rows = tuple(
        {**row, field.id: changed.options[0]} if row.get(field.id) not in changed.options else row
        for row in entity.samples
    )
    fields = tuple(changed if one == field else one for one in entity.fields)
    return asked.with_entity(entity, fields=fields, samples=rows)


def add_entity(asked: Asked) -> Step | None:
    """ "Add a page for suppliers": another kind of record, with a list of its own."""
    found = asked.match(
        r"^(?:add|create|include|make|also (?:track|keep)|track)\s+(?:an?\s+|the\s+)?(?:separate |new |"
        r"second |another )*(?:page|list|tab|section|view|tracker|table)\s+(?:for|of|with|to track|"
        r"to keep)\s+(?:my |our |the |all )?(.+)$"
    ) or asked.match(r"^also (?:track|keep|list|manage)\s+(?:my |our |the )?(\w+(?: \w+)?)$")
    if not found or asked.spec.kind in {"landing", "calculator"}:
        return None
    word = plain(found[1]).lower()
    plural = word if is_plural(word.split()[-1]) else pluralize(word)
    if len(word.split()) > 3 or any(one.plural == plural for one in asked.spec.entities):
        return None
    hits = search("domains", word)
    entity = domain_entity(hits[0].entry) if hits else None
    if not entity or entity.plural != plural:
        fields = (field_from_label("Name"), field_from_label("Category"), field_from_label("Notes"))
        entity = Entity(singularize(plural), plural, "Bookmark", fields, filters=("category",))
    entity = fill_samples(entity)
    page = list_page(entity, frozenset())
    spec = asked.spec
    return Step(
        f"Add a page for {entity.plural}",
        replace(spec, entities=(*spec.entities, entity), pages=(*spec.pages, page)),
    )


def sample_data(asked: Asked) -> Step | None:
    entity = asked.entity()
    if not entity or (not entity.samples and not asked.match(r"\b(sample|example|demo|test|dummy|seed)")):
        return None
    if asked.match(
        r"\b(?:remove|delete|clear|drop|without|no|empty|get rid of)\b.*\b(?:sample|example|demo|dummy|"
        r"seed|test)s?\b(?: data| records| entries)?|\bstart (?:out )?empty\b|\bwithout data\b"
    ):
        return Step("Begin with an empty list", asked.with_entity(entity, samples=()))
    found = asked.match(
        r"^(?:add|show|put in|create|generate|include|fill|seed|give)\b.*?(\d+)?\s*(?:more |"
        r"some )*(?:sample|example|demo|test|dummy|seed)\w*"
    ) or asked.match(rf"^add\s+(\d+)\s+(?:more\s+)?(?:{re.escape(entity.plural)}|records|entries|items)$")
    if not found:
        return None
    wanted = min(40, len(entity.samples) + int(found[1] or 6))
    rows = [dict(row) for row in entity.samples]
    made = fill_samples(replace(entity, samples=()), count=wanted)
    for index in range(len(rows), wanted):
        row = dict(made.samples[index])
        if index >= 6 and entity.title.type == "text":
            row[entity.title.id] = f"{row[entity.title.id]} {index + 1}"
        rows.append(row)
    return Step(f"Add {wanted - len(entity.samples)} examples", asked.with_entity(entity, samples=tuple(rows)))
