"""What axe-core finds wrong with a page for people who do not see it, or do not use a mouse."""

from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

OPTIONS = {
    "iframes": False,  # the preview is of another origin, and what is generated has a gate of its own
    "resultTypes": ["violations"],  # of all the rest it may stop at the first
    "preload": False,  # what it would fetch helps to find sounds and locked orientations: there are none
    "rules": {"duplicate-id": {"enabled": True}},
}


async def violations(page: Page) -> list[str]:
    """A sentence for each rule that is broken, gravely or not."""
    found = await Axe().run(page, options=OPTIONS)
    return [sentence(rule) for rule in found.response["violations"]]


def sentence(rule: dict[str, Any]) -> str:
    """Of the elements it is about, the first, and how many more there are."""
    element, *others = rule["nodes"]
    place = " ".join(map(str, element["target"]))
    why = " ".join(str(element["failureSummary"]).split())
    more = f" And {len(others)} more." if others else ""
    return f"{rule['help']} ({rule['id']}, {rule['impact']}): {place}, {element['html'][:200]} {why}{more}"
