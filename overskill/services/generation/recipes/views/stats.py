"""The numbers on top of a list: what someone would count by hand."""

import re
from dataclasses import dataclass

from overskill.services.generation.recipes.codenames import EntityCode
from overskill.services.generation.recipes.render import render, ts
from overskill.services.generation.recipes.spec import Entity, Field
from overskill.services.generation.recipes.views.entities import Files, code, due_facts
from overskill.services.generation.recipes.words import low, sentence

_SUMMED_UNITS = {"h", "min", "km", "mi", "kcal", "pages", "ml"}
_NOT_ADDED_UP = re.compile(r"\bper\b|\brate\b|\bsalary\b|\bwage\b|^(?:fee|deposit|rent|unit price|price each)$")
_OPEN = {
    "in progress",
    "reading",
    "playing",
    "proposal",
    "coming",
    "interview",
    "sent",
    "learning",
    "exploring",
    "doing",
}


@dataclass(frozen=True, slots=True)
class Stat:
    label: str
    value: str  # a TypeScript expression
    icon: str
    tone: str = ""


def stats_file(entity: Entity) -> Files:
    e = code(entity)
    stats, lets = _stats(entity)
    icons = sorted({stat.icon for stat in stats})
    text = render("entity/stats.tsx", e=e, stats=stats, lets=lets, icons=", ".join(icons))
    return {f"src/components/{e.file}-stats.tsx": text}


def _stats(entity: Entity) -> tuple[list[Stat], list[str]]:
    e = code(entity)
    lets: list[str] = []
    found = [Stat(sentence(entity.plural), f"formatNumber({e.many}.length)", e.icon)]
    if entity.of_type("days"):
        return _streak_stats(entity, e, found), lets
    if due_facts(entity):
        lets += [
            f"const due = {e.many}.map(dueDay).filter(Boolean);",
            "const dueNow = due.filter((day) => day <= today()).length;",
            "const dueSoon = due.filter((day) => day > today() && day <= daysFromNow(7)).length;",
        ]
        found += [
            Stat("Due now", "formatNumber(dueNow)", "AlarmClock", "warning"),
            Stat("Next 7 days", "formatNumber(dueSoon)", "CalendarClock"),
        ]
    if entity.done:
        lets.append(f"const done = {e.many}.filter(({e.one}) => {e.one}.{entity.done.id}).length;")
        found.append(Stat(entity.done.label, f"`${{done}} of ${{{e.many}.length}}`", "CircleCheck", "success"))
    found += _number_stats(entity, e, lets)
    active = _active_option(entity)
    if active and len(found) < 4:
        field, option = active
        count = f"{e.many}.filter(({e.one}) => {e.one}.{field.id} === {ts(option)}).length"
        found.append(Stat(option, f"formatNumber({count})", "CircleDot"))
    if len(found) < 3:
        found += _habit_of_use(entity, e, lets)
    shown = found[:4]
    # A sum that only a stat without a place needed is not computed.
    return shown, [line for line in lets if any(_name(line) in other for other in _expressions(shown, lets, line))]


def _habit_of_use(entity: Entity, e: EntityCode, lets: list[str]) -> list[Stat]:
    """Where there is little else to count: what is new, what is usual."""
    found: list[Stat] = []
    for field in [one for one in entity.of_type("date") if one != entity.due][:1]:
        lets.append("const isRecent = (day: string) => day > daysFromNow(-7) && day <= today();")
        recent = f"isRecent({e.one}.{field.id})"
        found.append(
            Stat("In the last 7 days", f"formatNumber({e.many}.filter(({e.one}) => {recent}).length)", "History")
        )
    for field in [one for one in entity.of_type("number") if "year" not in one.id.lower()][:1]:
        lets.append(f"const sum = {_sum(e, field).replace('sum', 'total')};")
        mean = f"formatNumber({e.many}.length > 0 ? sum / {e.many}.length : 0)"
        unit = f"`${{{mean}}} {field.unit}`" if field.unit else mean
        found.append(Stat(f"Average {low(field.label)}", unit, "Scale"))
    return found


def _name(line: str) -> str:
    return line.removeprefix("const ").split(" ", 1)[0]


def _expressions(stats: list[Stat], lets: list[str], line: str) -> list[str]:
    return [stat.value for stat in stats] + [other for other in lets if other != line]


def _number_stats(entity: Entity, e: EntityCode, lets: list[str]) -> list[Stat]:
    found: list[Stat] = []
    for field in sorted(entity.of_type("money"), key=lambda one: not one.formula)[:1]:
        lets.append(f"const total = {_sum(e, field)};")
        mean = f"formatMoney({e.many}.length > 0 ? Math.round(total / {e.many}.length) : 0)"
        if _NOT_ADDED_UP.search(field.label.lower()):
            found.append(Stat(f"Average {low(field.label)}", mean, "Scale"))
            continue
        found.append(Stat(f"Total {low(field.label)}", "formatMoney(Math.round(total))", "Wallet", "success"))
        if len(entity.fields) <= 7:
            found.append(Stat("On average", mean, "Scale"))
    for field in entity.of_type("rating")[:1]:
        rated = f"rated{e.types}"
        lets.append(f"const {rated} = {e.many}.filter(({e.one}) => {e.one}.{field.id} > 0);")
        total = f"{rated}.reduce((sum, {e.one}) => sum + {e.one}.{field.id}, 0)"
        found.append(
            Stat(
                f"Average {low(field.label)}",
                f'{rated}.length > 0 ? `${{formatNumber({total} / {rated}.length)}} / 5` : "–"',
                "Star",
                "warning",
            )
        )
    summed = [one for one in entity.of_type("number") if one.unit in _SUMMED_UNITS][:1]
    return found + [
        Stat(f"Total {low(one.label)}", f"`${{formatNumber({_sum(e, one)}, 0)}} {one.unit}`", "Sigma") for one in summed
    ]


def _streak_stats(entity: Entity, e: EntityCode, found: list[Stat]) -> list[Stat]:
    days = entity.of_type("days")[0].id
    each = f"{e.many}.map(({e.one}) => {{}}({e.one}.{days}))"
    return [
        *found,
        Stat(
            "Longest streak now",
            f'plural(Math.max(0, ...{each.format("currentStreak")}), "day", "days")',
            "Flame",
            "warning",
        ),
        Stat(
            "Best ever", f'plural(Math.max(0, ...{each.format("longestStreak")}), "day", "days")', "Trophy", "success"
        ),
        Stat("Last 7 days", f"formatPercent(weekShare({e.many}.map(({e.one}) => {e.one}.{days})))", "CalendarCheck"),
    ]


def _sum(e: EntityCode, field: Field) -> str:
    return f"{e.many}.reduce((sum, {e.one}) => sum + {e.one}.{field.id}, 0)"


def _active_option(entity: Entity) -> tuple[Field, str] | None:
    for field in entity.of_type("select"):
        for option in field.options:
            if option.lower() in _OPEN:
                return field, option
    return None
