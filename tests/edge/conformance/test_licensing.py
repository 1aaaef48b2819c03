"""Apps that are sold, and copies that are paid for by the month."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from overskill.clients.edge_routes import new_access_key, sign_entitlement
from tests.edge.conformance.place import Place
from tests.support_edge import make_upload

KEY = new_access_key()


def entitlement(script: str, *, days: float = 1, key: str = KEY, holder: str = "ann") -> str:
    now = datetime.now(UTC)
    return sign_entitlement(
        key, "production", script, license_id=holder, issued=now, expires=now + timedelta(days=days)
    )


@pytest.fixture(scope="module")
def sold(place: Place) -> Place:
    place.publish(make_upload("conf-sold"))
    place.route("conf-sold", entitlement_key=KEY, listing="sold", revoked=("eve",))
    assert place.soon(lambda: place.ask("conf-sold").status == 402)
    return place


def test_a_sold_app_says_where_it_is_sold(sold: Place) -> None:
    answer = sold.ask("conf-sold", "/deep/link", accept="text/html")
    assert answer.status == 402
    assert "This app is sold on OverSkill" in answer.text
    assert sold.ask("conf-sold", "/assets/app-1.js").status == 402


def test_a_buyer_s_entitlement_opens_a_sold_app(sold: Place) -> None:
    welcome = sold.ask("conf-sold", f"/?tab=1&overskill_license={entitlement('conf-sold')}")
    assert (welcome.status, welcome.headers["location"]) == (303, "/?tab=1")
    cookie = welcome.headers["set-cookie"].split("; ")[0]
    page = sold.ask("conf-sold", cookie=cookie)
    assert (page.status, "version 1" in page.text) == (200, True)
    assert page.headers["cache-control"].startswith("private")
    assert sold.ask("conf-sold", "/assets/app-1.js", cookie=cookie).status == 200


def test_an_entitlement_that_has_just_run_out_still_opens_it(sold: Place) -> None:
    assert sold.ask("conf-sold", f"/?overskill_license={entitlement('conf-sold', days=-2)}").status == 303


@pytest.mark.parametrize(
    "token",
    [
        entitlement("conf-sold", days=-4),
        entitlement("conf-sold", holder="eve"),
        entitlement("conf-other"),
        entitlement("conf-sold", key=new_access_key()),
        "x.y",
    ],
    ids=["run out", "taken back", "another app's", "another key's", "made up"],
)
def test_an_entitlement_that_is_not_good_opens_nothing(sold: Place, token: str) -> None:
    answer = sold.ask("conf-sold", f"/?overskill_license={token}")
    assert answer.status == 402
    assert "set-cookie" not in answer.headers


def test_a_copy_whose_licence_has_ended_is_not_served(place: Place) -> None:
    place.publish(make_upload("conf-lapsed"))
    place.route("conf-lapsed", until=int(time.time()) - 1)
    assert place.soon(lambda: place.ask("conf-lapsed").status == 402)
    place.route("conf-lapsed", until=int(time.time()) + 3600)
    assert place.soon(lambda: place.ask("conf-lapsed").status == 200)
