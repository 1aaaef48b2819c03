"""Checks of a site of one page: its sections are there, and the links lead to them."""

from overskill.clients.checker import AcceptanceCheck
from overskill.services.generation.recipes.acceptance.steps import check, click, open_, see
from overskill.services.generation.recipes.spec import AppSpec

_MOST_SECTIONS = 5  # that the header links to


def site(spec: AppSpec) -> list[AcceptanceCheck]:
    sections = spec.sections[:_MOST_SECTIONS]
    linked = [check(f"{one.title} can be reached", open_("/"), click(one.title), see(one.title)) for one in sections]
    return [*linked, check("An address that does not exist shows the site", open_("/not-here"), see(spec.name))]
