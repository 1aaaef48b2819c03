"""Charts first, the records behind them second."""

from dataclasses import replace

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.making import make_app, make_entity, page
from overskill.services.generation.recipes.samples import sample
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, SampleValue
from overskill.services.generation.recipes.words import fingerprint, sentence

PATTERN = (
    r"\bdash ?board\b|\banalytics\b|\bkpis?\b|\bmetrics\b|"
    r"(?<!bug )(?<!incident )(?<!damage )(?<!lab )(?<!book )(?<!school )\breport(s|ing)?\b(?! cards?)|\bvisuali[sz]\w+|"
    r"(?<!sticker )(?<!reward )(?<!star )(?<!chore )(?<!seating )(?<!growth )\bcharts?\b (of|for|about)"
)
WEIGHT = 3.0
_RECORDS = 24


def plan(brief: Brief) -> AppSpec:
    hit = next((one for one in brief.domains if one.key not in {"habits", "tasks", "people"}), None)
    entry = hit.entry if hit else (None if brief.noun else shelf("domains")["sales"])
    entity = make_entity(brief, entry)
    if not entity.of_type("money", "number"):
        entity = replace(entity, fields=(*entity.fields, Field("amount", "Amount", "number")))
    if not entity.of_type("date"):
        entity = replace(entity, fields=(*entity.fields, Field("date", "Date", "date")))
    entity = _many(entity)
    pages = [page("insights", "Overview", entity), page("table", sentence(entity.plural), entity)]
    return make_app(
        brief, "dashboard", entry or {}, pages, entities=(entity,), tagline=f"Your {entity.plural} at a glance."
    )


def _many(entity: Entity) -> Entity:
    """Enough records for a curve: the samples again and again, with other dates and amounts."""
    first = list(entity.samples) or [{}]
    rows: list[dict[str, SampleValue]] = []
    for index in range(_RECORDS):
        row = {**{one.id: sample(one, index, entity) for one in entity.fields}, **first[index % len(first)]}
        chance = fingerprint(entity.plural, str(index))
        for one in entity.of_type("date"):
            row[one.id] = -(index * 7 // 3) - chance % 3
        for one in entity.of_type("money", "number"):
            base = float(row[one.id]) or 10.0
            row[one.id] = round(base * (0.6 + (chance % 90) / 100) * (1.25 - index / (_RECORDS * 2)))
        for position, one in enumerate(entity.of_type("select")):
            weights = [option for place, option in enumerate(one.options) for _ in range(max(1, 4 - place))]
            row[one.id] = weights[(chance >> (position * 5)) % len(weights)]
        rows.append(row)
    return replace(entity, samples=tuple(rows))
