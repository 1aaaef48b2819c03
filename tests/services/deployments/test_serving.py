"""How an environment is served: kept on its row, and told to the edge."""

from typing import Any

import pytest

from overskill.clients.edge_routes import AppRoute
from overskill.db import transaction
from overskill.errors import Conflict, InvalidInput, NotAllowed, Unavailable
from overskill.models import Role, User
from overskill.services.deployments.serving import (
    MEGABYTE,
    Serving,
    end_private_links,
    hosts_in,
    private_link,
    save_serving,
    serving_of,
)
from tests.services.deployments.conftest import PRODUCTION, STAGING, Published


def save(published: Published, wanted: Serving, by: User | None = None) -> None:
    services, who = published.services, (by or published.owner).id
    with published.opened() as (session, app):
        save_serving(session, app, who, STAGING, wanted, routes=services.routes, settings=services.settings)


def route(published: Published) -> AppRoute | None:
    return published.routes.app("staging", published.slug)


def link(published: Published, hours: int = 24) -> str:
    with published.opened() as (session, app):
        return private_link(session, app, published.owner.id, STAGING, hours, settings=published.services.settings)


def test_what_is_chosen_is_kept_and_told_to_the_edge(published: Published) -> None:
    wanted = Serving(
        maintenance="Back at noon",
        requests_per_second=20,
        max_body_megabytes=2,
        egress=("api.example.com",),
    )
    save(published, wanted)
    told = AppRoute(
        app_id=str(published.app_id),
        maintenance="Back at noon",
        rate=20,
        max_body=2 * MEGABYTE,
        egress=("api.example.com",),
    )
    assert route(published) == told
    with transaction() as session:
        assert serving_of(session, published.app_id, STAGING) == wanted
        assert serving_of(session, published.app_id, PRODUCTION) == Serving()


def test_the_edge_is_told_nothing_of_what_is_as_everywhere(published: Published) -> None:
    save(published, Serving(maintenance="Back at noon"))
    save(published, Serving())
    assert published.routes.apps == {}


def test_a_private_link_names_the_environment_and_changes_with_the_key(published: Published) -> None:
    with pytest.raises(Conflict, match="needs no private link"):
        link(published)
    save(published, Serving(is_private=True))
    told = route(published)
    assert told is not None
    assert (told.private, bool(told.access_key)) == (True, True)
    assert link(published).startswith(f"http://staging--{published.slug}.localhost:8787/?access=")
    with pytest.raises(InvalidInput):
        link(published, hours=10**6)

    services = published.services
    with published.opened() as (session, app):
        end_private_links(session, app, published.owner.id, STAGING, routes=services.routes, settings=services.settings)
    after = route(published)
    assert after is not None
    assert after.access_key not in ("", told.access_key)


def test_an_app_that_moves_takes_its_privacy_along(published: Published) -> None:
    save(published, Serving(is_private=True))
    with published.opened() as (_, app):
        app.slug = "elsewhere"
    published.publishes(STAGING)
    told = published.routes.app("staging", "elsewhere")
    assert told is not None
    assert told.private


def test_what_an_app_before_left_at_an_address_is_forgotten(published: Published) -> None:
    published.routes.put_app("staging", published.slug, AppRoute(app_id="of another", private=True))
    published.publishes(STAGING)
    assert route(published) is None


def test_nothing_is_kept_that_the_edge_does_not_take(published: Published) -> None:
    published.routes.is_down = True
    with pytest.raises(Unavailable):
        save(published, Serving(is_private=True))
    with transaction() as session:
        assert serving_of(session, published.app_id, STAGING) == Serving()


def test_an_editor_neither_protects_nor_changes_what_is_protected(published: Published) -> None:
    editor = published.joins(Role.EDITOR)
    save(published, Serving(maintenance="Back at noon"), by=editor)
    with pytest.raises(NotAllowed):
        save(published, Serving(is_protected=True), by=editor)
    save(published, Serving(is_protected=True))
    with pytest.raises(NotAllowed):
        save(published, Serving(), by=editor)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"maintenance": "x" * 301}, "maintenance"),
        ({"requests_per_second": 0}, "rate"),
        ({"max_body_megabytes": 101}, "max_body"),
        ({"egress": ("https://api.example.com",)}, "egress"),
        ({"egress": ("localhost",)}, "egress"),
    ],
)
def test_what_can_not_be_is_refused_at_its_input(published: Published, wanted: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        save(published, Serving(**wanted))
    assert refusal.value.field == field


def test_hosts_are_read_as_they_are_typed() -> None:
    assert hosts_in("API.example.com,\n  b.example.com b.example.com") == ("api.example.com", "b.example.com")
