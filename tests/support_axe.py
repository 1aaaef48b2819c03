"""What axe-core finds wrong with a page for people who do not see it, or do not use a mouse."""

from typing import Any

from axe_playwright_python.async_playwright import Axe as AsyncAxe
from axe_playwright_python.sync_playwright import Axe
from playwright.async_api import Page as AsyncPage
from playwright.sync_api import Page

OPTIONS = {
    "iframes": False,  # the preview is of another origin, and what is generated has a gate of its own
    "resultTypes": ["violations"],  # of all the rest it may stop at the first
    "preload": False,  # what it would fetch helps to find sounds and locked orientations: there are none
    "rules": {"duplicate-id": {"enabled": True}},
}
GRAVE = {"serious", "critical"}
MODAL = "dialog:modal"


async def violations(page: AsyncPage) -> list[str]:
    """A sentence for each rule that a page of ours breaks, gravely or not: what is in front, where that is modal."""
    in_front = MODAL if await page.locator(MODAL).count() else None
    found = await AsyncAxe().run(page, context=in_front, options=OPTIONS)
    return [sentence(rule) for rule in found.response["violations"]]


def grave_violations(page: Page) -> list[str]:
    """A sentence for each rule that a generated app must not break."""
    found = Axe().run(page, options=OPTIONS)
    return [sentence(rule) for rule in found.response["violations"] if rule["impact"] in GRAVE]


def sentence(rule: dict[str, Any]) -> str:
    """Of the elements it is about, the first, and how many more there are."""
    element, *others = rule["nodes"]
    place = " ".join(map(str, element["target"]))
    why = " ".join(str(element["failureSummary"]).split())
    more = f" And {len(others)} more." if others else ""
    return f"{rule['help']} ({rule['id']}, {rule['impact']}): {place}, {element['html'][:200]} {why}{more}"
