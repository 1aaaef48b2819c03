"""A page from a prompt: the sections of its subject, with everything that the prompt names put in its place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.sites.items import in_currency
from overskill.services.generation.recipes.sites.placing import place_everything
from overskill.services.generation.recipes.sites.plan import make_plan
from overskill.services.generation.recipes.sites.sections import Sections, family_sections
from overskill.services.generation.recipes.sites.wording import content_of, filled, name_of
from overskill.services.generation.recipes.spec import Section


@dataclass(frozen=True, slots=True)
class Site:
    name: str
    look: Mapping[str, Any]  # icon, hue, tone, font
    tagline: str
    sections: tuple[Section, ...]
    content: Mapping[str, Any]


def compose(brief: Brief) -> Site:
    plan = make_plan(brief)
    sections = Sections(family_sections(plan.family, plan.entry))
    place_everything(plan, sections)
    symbol = plan.facts.currency
    content = content_of(plan)
    name = brief.name or name_of(plan)
    parts = tuple(
        replace(
            one,
            title=filled(one.title, content, name),
            content=in_currency(one.content, symbol) if symbol != "$" else one.content,
        )
        for one in sections.items
    )
    return Site(
        name=name,
        look={**plan.family, **plan.entry},
        tagline=filled(str(content["headline"]), content, name),
        sections=parts,
        content=content,
    )
