"""What every kind of app is made with: its name, its entity, its pages."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.computed import with_total
from overskill.services.generation.recipes.fields import field_from_label, field_from_notation, unique_fields
from overskill.services.generation.recipes.lexicon import domain_entity, own_word, tokens
from overskill.services.generation.recipes.look import choose_look
from overskill.services.generation.recipes.measures import day_log
from overskill.services.generation.recipes.plain import is_for_each, plain_entity, what_they_do
from overskill.services.generation.recipes.samples import fill_samples
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, Page, Sample, View
from overskill.services.generation.recipes.words import camel, fingerprint, headline, kebab, sentence, singularize

_PLAIN_NAMES = ("My {Many}", "{One} Log", "{Many}", "{One} List", "{One} Notes")
_PLAIN_HUES = ("indigo", "teal", "rose", "amber", "violet", "emerald", "sky", "orange")
_HOW_FAR = frozenset({"status", "stage", "state", "progress", "phase"})
# What a record may go by, when it stands in a list of its fields.
_THINGS = frozenset(
    "name title item thing product what album song book film movie game dish recipe species hive model object plant "
    "animal bird fish wine beer tool patient student player member guest pill".split()
)
# Whatever is written down day by day has a date.
_DAILY = re.compile(r"\b(?:diary|log|logbook|journal|record|history)\b", re.IGNORECASE)
_WHO = frozenset({"who", "person", "assigned to", "assignee", "for", "player", "child", "member", "whose turn"})
_ICONS: dict[View, str] = {
    "cards": "LayoutGrid",
    "table": "Table",
    "checklist": "ListChecks",
    "streaks": "Flame",
    "board": "SquareKanban",
    "calendar": "CalendarDays",
    "insights": "ChartColumn",
    "notes": "NotebookPen",
    "quiz": "CircleHelp",
    "poll": "Vote",
    "calculator": "Calculator",
    "converter": "ArrowLeftRight",
    "keypad": "Calculator",
    "split": "Users",
    "expenses": "Receipt",
    "comparison": "Scale",
    "arguments": "Scale",
    "attendance": "ClipboardCheck",
    "ideas": "StickyNote",
    "documents": "FileText",
    "flashcards": "Layers",
    "drill": "Calculator",
    "league": "Trophy",
    "rounds": "ListOrdered",
    "tally": "Trophy",
    "game": "Gamepad2",
    "shop": "Store",
    "blog": "Newspaper",
    "feed": "MessagesSquare",
    "interval": "Timer",
    "stopwatch": "Timer",
    "timers": "AlarmClock",
    "countdown": "Hourglass",
    "picker": "Shuffle",
    "groups": "Users",
    "order": "ListOrdered",
    "pairs": "Gift",
    "dice": "Dices",
    "coin": "Coins",
    "numbers": "Hash",
    "landing": "House",
    "planner": "CalendarRange",
    "needs": "ShoppingBasket",
    "form": "ClipboardList",
    "answers": "Inbox",
    "texttool": "Type",
    "bingo": "Grid3x3",
    "caller": "Megaphone",
    "lineup": "Users",
    "counter": "Target",
    "history": "ChartColumn",
    "tallies": "MousePointerClick",
}


def make_app(
    brief: Brief,
    kind: str,
    entry: Mapping[str, Any],
    pages: list[Page],
    *,
    entities: tuple[Entity, ...] = (),
    tagline: str = "",
    **more: Any,
) -> AppSpec:
    return AppSpec(
        kind=kind,
        name=app_name(brief, entry, entities[0] if entities else None),
        tagline=tagline or tagline_of(brief, entry),
        icon=str(entry.get("icon") or (entities[0].icon if entities else _ICONS[pages[0].view])),
        look=choose_look(
            brief.prompt, {"hue": _PLAIN_HUES[fingerprint(brief.noun) % len(_PLAIN_HUES)], **entry}, kind=kind
        ),
        pages=tuple(pages),
        entities=entities,
        **more,
    )


def app_name(brief: Brief, entry: Mapping[str, Any], entity: Entity | None = None) -> str:
    if brief.name:
        return brief.name
    draw = fingerprint(brief.prompt)
    names = entry.get("names")
    if brief.place and "place_names" in entry:
        names = [name.format(place=brief.place) for name in entry["place_names"]]
    if names:
        return str(names[draw % len(names)])
    if not brief.noun:
        words = re.findall(r"[^\W_]+", brief.prompt)[:3]
        return headline(" ".join(words))[:40] or "My List"
    many = headline(entity.plural if entity else brief.noun)
    pattern = _PLAIN_NAMES[draw % len(_PLAIN_NAMES)]
    return pattern.format(One=singularize(many), Many=many)[:40]


def tagline_of(brief: Brief, entry: Mapping[str, Any]) -> str:
    if brief.place and "place_tagline" in entry:
        return str(entry["place_tagline"]).format(place=brief.place)
    return str(entry.get("tagline", ""))


def page(view: View, title: str, entity: Entity | None = None, *, id: str = "") -> Page:  # noqa: A002
    return Page(
        id=id or kebab(title), title=title, view=view, icon=_ICONS[view], entity=entity.plural if entity else ""
    )


def make_entity(brief: Brief, entry: Mapping[str, Any] | None) -> Entity:
    """The entity of the domain, or one made up from the prompt's noun, with what the prompt asks of it."""
    if brief.measures:
        return fill_samples(_with_features(day_log(brief.measures), brief.features))
    entity = _with_asked_fields(_known_entity(brief, entry), brief) if entry else plain_entity(brief)
    if entry and not brief.fields:
        entity = with_fields(entity, what_they_do(brief.about))
    entity = _with_people(_with_purpose(entity, entry or {}, brief.about), brief.people)
    if is_for_each(brief.about) and not any(one.label.lower() in _WHO for one in entity.fields):
        entity = with_fields(entity, [Field("who", "Who")])
    entity = _with_features(entity, brief.features)
    if brief.sort:
        entity = sorted_by(entity, brief.sort, descending=brief.descending)
    return fill_samples(with_total(entity))


def _with_purpose(entity: Entity, entry: Mapping[str, Any], text: str) -> Entity:
    """What the prompt says it is for comes first: the trip to Japan of "savings towards a trip to Japan"."""
    words = "|".join(str(entry.get("purpose_after", "")).split())
    found = (
        re.search(rf"\b(?:{words}) (?:an? |my |our |the )?([^,.;:!?\n]{{3,40}})", text, re.IGNORECASE)
        if words
        else None
    )
    if not found or not entity.samples:
        return entity
    return replace(entity, samples=({**entity.samples[0], entity.title.id: sentence(found[1].strip())},))


def _known_entity(brief: Brief, entry: Mapping[str, Any]) -> Entity:
    """The domain's, under the user's own word where the domain is open or the user lists the fields anyway."""
    entity = domain_entity(_told_apart(entry, brief.about))
    if entry.get("open") or entry.get("narrow"):
        entity = _only_meant(entity, brief.about)
    noun = brief.noun.split()[-1] if brief.noun else ""
    is_known = noun in str(entry["match"]).split() and re.search(rf"\b{re.escape(noun)}\b", brief.about, re.IGNORECASE)
    is_head = bool(noun) and singularize(noun) in str(entry.get("heads", "")).split()
    is_own = bool(entry.get("open") and noun) or is_head or bool(brief.only_these and is_known)
    if singularize(noun) == entity.singular.rsplit(maxsplit=1)[-1] and brief.noun != entity.plural:
        return own_word(entity, brief.noun)  # "dog walks" are walks
    if singularize(noun) == entity.singular or not is_own:
        return entity
    named = own_word(entity, brief.noun)
    if entry.get("open") or is_head:
        return named
    return replace(named, fields=(field_from_notation("Name!"), *entity.fields[1:]), samples=())


def _told_apart(entry: Mapping[str, Any], text: str) -> Mapping[str, Any]:
    """With the rows for what the prompt has a word of: camping things, books for children."""
    kinds: Mapping[str, list[Any]] = entry.get("rows_for", {})
    words = set(tokens(text)) | {singularize(word) for word in tokens(text)}
    rows = [row for key, some in kinds.items() if words & set(key.split()) for row in some]
    return {**entry, "rows": rows} if rows else entry


def _only_meant(entity: Entity, text: str) -> Entity:
    """ "My wines": of the drinks only the wines."""
    words = {singularize(word) for word in re.findall(r"\w+", text.lower())}
    for field in entity.of_type("select"):
        meant = [row for row in entity.samples if str(row[field.id]).lower() in words]
        if 3 <= len(meant) < len(entity.samples):
            return replace(entity, samples=tuple(meant))
    return entity


def sorted_by(entity: Entity, wanted: str, *, descending: bool = False) -> Entity:
    found = find_field(entity, wanted)
    return replace(entity, sort=found.id, descending=descending) if found else entity


def find_field(entity: Entity, wanted: str) -> Field | None:
    """The field that someone means: by its name, or by a word of it, or by its type."""
    label = wanted.lower().strip()
    words = {singularize(word) for word in re.findall(r"\w+", label)} - {"the", "field", "column"}
    if not words:
        return None
    exact = [one for one in entity.fields if one.id == camel(label) or one.label.lower() == label]
    alike = [one for one in entity.fields if _share_all_words(words, one)]
    if exact or alike:
        return (exact or alike)[0]
    meanings = (
        ({"due", "deadline"}, [entity.due] if entity.due else []),
        ({"date", "time", "day"}, entity.of_type("date")),
        ({"cost", "price", "amount", "money"}, entity.of_type("money")),
        ({"name", "title", "alphabetically", "alphabet"}, [entity.title]),
    )
    return next((fields[0] for meant, fields in meanings if words & meant and fields), None)


def _share_all_words(words: set[str], field: Field) -> bool:
    known = {singularize(word) for word in field.label.lower().split()}
    return words <= known or known <= words


def _same_field(entity: Entity, asked: Field) -> Field | None:
    """The entity's own field for one that was asked for under nearly the same name."""
    words = {singularize(word) for word in asked.label.lower().split()}
    for one in entity.fields:
        known = {singularize(word) for word in one.label.lower().split()}
        if words <= _HOW_FAR and known <= _HOW_FAR:
            return one
        if (words == {"when"} and one.type == "date") or (words == {"where"} and known & {"place", "location", "city"}):
            return one
        is_part = words < known or (known < words and known.isdisjoint({"name", "title"}))
        if one.id == asked.id or words == known or (one.type == asked.type and is_part):
            return one
    return None


def _asked_of(entity: Entity, asked: Field) -> Field:
    """The entity's own field where it has it, with the options that the prompt gives."""
    own = _same_field(entity, asked)
    if not own:
        return asked
    is_given = bool(asked.options) and asked.options != field_from_label(asked.label).options
    own = own if asked.label == "When" else replace(own, label=asked.label)
    return replace(own, type="select", options=asked.options) if is_given else own


def _still_valid(row: Sample, fields: list[Field]) -> Sample:
    wrong = {one.id for one in fields if one.options and row.get(one.id) not in one.options}
    return {key: value for key, value in row.items() if key not in wrong}


def _with_people(entity: Entity, people: tuple[str, ...]) -> Entity:
    """ "Chores for Anna, Ben and Mia": one of them for each."""
    if not people:
        return entity
    own = next((one for one in entity.fields[1:] if one.label.lower() in _WHO), None)
    who = replace(own, type="select", options=people) if own else Field("who", "Who", "select", people)
    if not own:
        return with_fields(entity, [who])
    return replace(
        entity,
        fields=tuple(who if one.id == who.id else one for one in entity.fields),
        samples=tuple(_still_valid(row, [who]) for row in entity.samples),
        filters=tuple(dict.fromkeys((*entity.filters, who.id))),
    )


def _with_asked_fields(entity: Entity, brief: Brief) -> Entity:
    if not brief.fields:
        return entity
    score = next((one for one in brief.fields if one.id == "score"), None)
    if score and len(entity.of_type("rating")) == 1:
        entity = replace(
            entity, fields=tuple(replace(one, label="Score") if one.type == "rating" else one for one in entity.fields)
        )
    asked = [_asked_of(entity, one) for one in brief.fields]
    changed = {one.id: one for one in asked}
    entity = replace(
        entity,
        fields=tuple(changed.get(one.id, one) for one in entity.fields),
        samples=tuple(_still_valid(row, asked) for row in entity.samples),
    )
    if not brief.only_these:
        return with_fields(entity, asked)
    title = next((one for one in asked if _can_be_title(one, entity)), entity.title)
    is_twin = all(one.id != entity.title.id for one in asked)
    if title.id != entity.title.id and is_twin and not title.id.endswith("Name"):  # the same under another name
        entity = replace(entity, samples=tuple({**row, title.id: row[entity.title.id]} for row in entity.samples))
    dates = entity.of_type("date")[:1] or [field_from_label("Date")]
    is_dated = not _DAILY.search(brief.subject) or any(one.type == "date" for one in asked)
    fields = unique_fields([replace(title, required=True), *([] if is_dated else dates), *asked])
    known = {one.id for one in fields}
    action = entity.action
    return replace(
        entity,
        fields=fields,
        action=action if action and action.sets in known and (not action.every or action.every in known) else None,
        filters=tuple(one.id for one in fields if one.type == "select")[:2],
        samples=tuple({key: value for key, value in row.items() if key in known} for row in entity.samples),
    )


def _can_be_title(field: Field, entity: Entity) -> bool:
    names = _THINGS | {entity.singular, entity.title.label.lower()}
    return field.type == "text" and (field.label.lower() in names or field.id.endswith("Name"))


def _with_features(entity: Entity, features: frozenset[str]) -> Entity:
    wanted: list[Field] = []
    if "board" in features and not entity.stage:
        wanted.append(field_from_label("Status"))
    if "calendar" in features and not entity.of_type("date"):
        wanted.append(field_from_label("Date"))
    if "checklist" in features and not entity.of_type("boolean"):
        wanted.append(field_from_label("Done"))
    if "streaks" in features and not entity.of_type("days"):
        wanted.append(Field("checkIns", "Check-ins", "days"))
    return with_fields(entity, wanted)


def with_fields(entity: Entity, wanted: list[Field]) -> Entity:
    """With more fields, before the long text at the end, where a form would have them."""
    known = {one.id for one in entity.fields}
    added = [one for one in wanted if one.id not in known]
    if not added:
        return entity
    at = len(entity.fields)
    while at > 1 and entity.fields[at - 1].type in {"longtext", "days"}:
        at -= 1
    fields = (*entity.fields[:at], *added, *entity.fields[at:])
    filters = (*entity.filters, *(one.id for one in added if one.type == "select"))[:3]
    changed = replace(entity, fields=fields, filters=filters)
    return fill_samples(changed) if entity.samples else changed


def list_view(entity: Entity, features: frozenset[str]) -> View:
    """How a list of these is best shown."""
    for view in ("streaks", "table", "checklist", "cards"):
        if view in features and (view != "streaks" or entity.of_type("days")):
            return view
    if entity.of_type("days"):
        return "streaks"
    if entity.done:
        return "checklist"
    money, numbers = entity.of_type("money"), entity.of_type("number")
    is_ledger = bool(money) and bool(entity.stage or entity.of_type("date")) and not entity.of_type("rating", "url")
    return "table" if is_ledger or (len(money + numbers) >= 2 and not entity.action) else "cards"


def list_page(entity: Entity, features: frozenset[str]) -> Page:
    return page(list_view(entity, features), sentence(entity.plural), entity)
