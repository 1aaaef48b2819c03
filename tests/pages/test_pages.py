"""Every page of the site is drawn once, and every native form posts to a route that is there."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from reflex_base.components.component import BaseComponent
from reflex_components_core.el.elements.forms import Form
from starlette.routing import Route

from overskill.overskill import PAGES, ROUTES, Page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_can_be_drawn(page: Page) -> None:
    assert page.build().render()
    assert not isinstance(page.title, str) or "OverSkill" in page.title


def test_every_native_form_posts_to_a_route_that_is_there() -> None:
    posted = {action for page in PAGES for action in re.findall(r'action:"(/[^"]+)"', str(page.build().render()))}
    routes = {route.path for route in ROUTES if isinstance(route, Route) and "POST" in (route.methods or set())}
    assert posted
    assert posted <= routes


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_link_that_stays_in_the_site_leads_to_a_page(page: Page) -> None:
    """What a route answers needs a native link: inside the site there is nothing at its address."""
    begun = re.findall(r"['\"]to:[^\w/]*(/[^\"'`$?#]*)", str(page.build().render()))
    paths = [each.path for each in PAGES]
    assert [link for link in begun if not any(path.startswith(link.rstrip("/")) for path in paths)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_no_two_elements_of_a_page_share_an_id(page: Page) -> None:
    """Of several `main` only one is ever shown."""
    ids = Counter(re.findall(r"'id:\"([^\"]+)\"'", str(page.build().render())))
    assert [name for name, count in ids.items() if count > 1 and name != "main"] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_form_sends_its_fields_by_name_alone(page: Page) -> None:
    """Reflex also sends what it finds by an id that it knows, and null for what is not shown."""
    assert [form._get_form_refs() for form in forms(page.build()) if form._get_form_refs()] == []


def forms(component: BaseComponent) -> Iterator[Form]:
    if isinstance(component, Form):
        yield component
    for child in getattr(component, "children", ()):
        yield from forms(child)


def test_no_two_pages_share_an_address() -> None:
    paths = [page.path for page in PAGES]
    assert len(paths) == len(set(paths))
