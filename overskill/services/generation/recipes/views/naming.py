"""Where a page lives in the code and in the address bar."""

from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.words import kebab, pascal


def component(page: Page) -> str:
    return f"{pascal(page.id)}Page"


def page_file(page: Page) -> str:
    return f"src/pages/{kebab(page.id)}-page.tsx"


def path(spec: AppSpec, page: Page) -> str:
    return "/" if page == spec.pages[0] else f"/{kebab(page.id)}"
