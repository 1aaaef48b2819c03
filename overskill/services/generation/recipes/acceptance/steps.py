"""The words that checks are written in."""

from dataclasses import dataclass

from overskill.clients.checker import AcceptanceCheck, BrowserStep
from overskill.services.generation.recipes.codenames import EntityCode
from overskill.services.generation.recipes.spec import AppSpec, Entity, Page
from overskill.services.generation.recipes.views.naming import path


@dataclass(frozen=True, slots=True)
class At:
    """A page of an app, and what can be said of it."""

    spec: AppSpec
    page: Page

    @property
    def open(self) -> BrowserStep:
        return open_(path(self.spec, self.page))

    @property
    def entity(self) -> Entity:
        return self.spec.entity(self.page.entity)

    @property
    def one(self) -> str:
        return self.entity.singular

    @property
    def many(self) -> str:
        return self.entity.plural

    @property
    def article(self) -> str:
        return EntityCode(self.entity).article

    @property
    def title_label(self) -> str:
        return self.entity.title.label

    def samples(self) -> list[str]:
        """What the examples are called, in order."""
        return [str(row.get(self.entity.title.id, "")) for row in self.entity.samples]

    @property
    def unheard_of(self) -> str:
        """A name that no example has."""
        return f"Trial {self.one}"


def check(title: str, *steps: BrowserStep) -> AcceptanceCheck:
    return AcceptanceCheck(title, steps)


def open_(route: str) -> BrowserStep:
    return BrowserStep("open", route)


def click(target: str) -> BrowserStep:
    return BrowserStep("click", target)


def fill(target: str, value: str) -> BrowserStep:
    return BrowserStep("fill", target, value)


def choose(target: str, value: str) -> BrowserStep:
    return BrowserStep("choose", target, value)


def press(key: str) -> BrowserStep:
    return BrowserStep("press", key)


def see(target: str) -> BrowserStep:
    return BrowserStep("see", target)


def not_see(target: str) -> BrowserStep:
    return BrowserStep("not_see", target)
