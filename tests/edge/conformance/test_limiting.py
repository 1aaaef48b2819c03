"""Private apps, maintenance, and what one app may take."""

from datetime import UTC, datetime, timedelta

import pytest

from overskill.clients.edge_routes import new_access_key, sign_access
from tests.edge.conformance.place import Place
from tests.support_edge import make_upload

KEY = new_access_key()


def link(script: str, *, hours: int = 1, key: str = KEY, environment: str = "production") -> str:
    expires = datetime.now(UTC) + timedelta(hours=hours)
    return sign_access(key, environment, script, subject="ann", expires=expires)


@pytest.fixture(scope="module")
def private(place: Place) -> Place:
    place.publish(make_upload("conf-private"))
    place.route("conf-private", private=True, access_key=KEY)
    assert place.soon(lambda: place.ask("conf-private").status == 401)
    return place


def test_a_private_app_says_that_it_is(private: Place) -> None:
    answer = private.ask("conf-private", "/deep/link", accept="text/html")
    assert answer.status == 401
    assert "This app is private" in answer.text
    assert private.ask("conf-private", "/assets/app-1.js").status == 401
    assert private.ask("conf-private", "/_image/64/assets/app-1.js").status == 401


def test_a_link_opens_a_private_app_for_that_visitor(private: Place) -> None:
    welcome = private.ask("conf-private", f"/?tab=1&access={link('conf-private')}")
    assert (welcome.status, welcome.headers["location"]) == (303, "/?tab=1")
    attributes = welcome.headers["set-cookie"].split("; ")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(attributes)
    assert not any(attribute.startswith("Domain") for attribute in attributes)
    page = private.ask("conf-private", cookie=attributes[0])
    assert (page.status, "version 1" in page.text) == (200, True)
    assert page.headers["cache-control"].startswith("private")
    assert private.ask("conf-private", "/assets/app-1.js", cookie=attributes[0]).status == 200
    assert private.ask("conf-private").status == 401


@pytest.mark.parametrize(
    "token",
    [link("conf-private", hours=-1), link("conf-other"), link("conf-private", key=new_access_key()), "x.y", ""],
    ids=["expired", "another app's", "another key's", "made up", "empty"],
)
def test_a_link_that_is_not_good_opens_nothing(private: Place, token: str) -> None:
    answer = private.ask("conf-private", f"/?access={token}", accept="text/html")
    assert answer.status == 401
    assert "set-cookie" not in answer.headers


def test_an_app_that_was_taken_down_says_so(place: Place) -> None:
    place.publish(make_upload("conf-taken-down"))
    place.route("conf-taken-down", taken_down=True)
    assert place.soon(lambda: place.ask("conf-taken-down").status == 410)
    answer = place.ask("conf-taken-down", accept="text/html")
    assert "This app was taken down" in answer.text


def test_an_app_in_maintenance_says_what_its_creator_wrote(place: Place) -> None:
    place.publish(make_upload("conf-resting"))
    place.route("conf-resting", maintenance="Back at <b>nine</b>")
    assert place.soon(lambda: place.ask("conf-resting").status == 503)
    answer = place.ask("conf-resting", accept="text/html")
    assert "Back at &#60;b&#62;nine" in answer.text
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["cache-control"] == "no-store"


def test_an_app_takes_no_larger_body_than_it_may(place: Place) -> None:
    place.publish(make_upload("conf-small"))
    place.route("conf-small", max_body=100)
    assert place.soon(lambda: place.ask("conf-small", "/api/x", method="POST", body=b"x" * 101).status == 413)
    assert place.ask("conf-small", "/api/x", method="POST", body=b"x" * 100).status == 404


def test_an_app_that_is_asked_too_often_says_when_to_come_back(place: Place) -> None:
    place.publish(make_upload("conf-busy"))
    place.publish(make_upload("conf-quiet"))
    place.route("conf-busy", rate=1)
    assert place.soon(lambda: place.ask("conf-busy").status == 429)
    assert any(place.ask("conf-busy").headers.get("retry-after") == "1" for _ in range(10))
    assert place.ask("conf-quiet").status == 200
