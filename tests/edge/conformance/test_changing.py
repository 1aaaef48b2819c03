"""Publishes, rollbacks, promotions and canaries."""

import re

from overskill.clients.edge_names import canary_script
from tests.edge.conformance.place import Place
from tests.support_edge import Answer, make_upload


def test_a_publish_is_seen_and_a_rollback_brings_the_version_before_back(place: Place) -> None:
    first = place.publish(make_upload("conf-rolled", "1"))
    assert place.soon(lambda: "version 1" in place.ask("conf-rolled").text)
    place.publish(make_upload("conf-rolled", "2", carry=[first]))
    assert place.soon(lambda: "version 2" in place.ask("conf-rolled").text)
    place.switch("production", "conf-rolled", first)
    assert place.soon(lambda: "version 1" in place.ask("conf-rolled").text)


def test_after_a_rollback_who_loaded_the_page_before_it_still_finds_its_files(place: Place) -> None:
    first = place.publish(make_upload("conf-taken-back", "1"))
    place.publish(make_upload("conf-taken-back", "2", carry=[first]))
    place.switch("production", "conf-taken-back", first)
    assert place.soon(lambda: "version 1" in place.ask("conf-taken-back").text)
    assert place.ask("conf-taken-back", "/assets/app-2.js").status == 200


def test_the_files_of_the_version_before_stay_reachable(place: Place) -> None:
    first = place.publish(make_upload("conf-carried", "1"))
    place.publish(make_upload("conf-carried", "2", carry=[first]))
    assert place.soon(lambda: place.ask("conf-carried", "/assets/app-2.js").status == 200)
    assert place.ask("conf-carried", "/assets/app-1.js").status == 200


def test_a_version_is_promoted_with_the_variables_of_where_it_goes(place: Place) -> None:
    upload = make_upload("conf-promoted", "1", environment="preview", variables={"VITE_WHERE": "preview"})
    version_id = place.publish(upload)
    variables = {"VITE_WHERE": "production"}
    copied = place.edge.copy(version_id, "conf-promoted", "preview", "production", variables=variables, secrets={})
    place.switch("production", "conf-promoted", copied)
    assert place.soon(lambda: '"VITE_WHERE":"production"' in place.ask("conf-promoted", "/__env.js").text)
    assert '"VITE_WHERE":"preview"' in place.ask("conf-promoted", "/__env.js", environment="preview").text
    assert "version 1" in place.ask("conf-promoted").text


def test_an_app_that_was_removed_is_not_there(place: Place) -> None:
    place.publish(make_upload("conf-removed"))
    place.edge.remove("production", "conf-removed")
    assert place.soon(lambda: place.ask("conf-removed").status == 404)


def begin_canary(place: Place, script: str, percent: int) -> None:
    place.publish(make_upload(script, "1"))
    place.publish(make_upload(canary_script(script), "2", app_id=f"id-{script}"))
    place.route(script, canary=percent)
    assert place.soon(lambda: "x-app-variant" in place.ask(script).headers)


def cookie_of(answer: Answer) -> str:
    return answer.headers["set-cookie"].partition(";")[0]


def test_a_visitor_of_a_canary_gets_one_version_whole_and_keeps_it(place: Place) -> None:
    begin_canary(place, "conf-canary", 50)
    seen = set()
    for _ in range(12):
        first = place.ask("conf-canary")
        (version,) = set(re.findall(r"version (\d)", first.text))
        seen.add(version)
        cookie = cookie_of(first)
        for _ in range(3):
            assert f"version {version}" in place.ask("conf-canary", cookie=cookie).text
        assert place.ask("conf-canary", f"/assets/app-{version}.js", cookie=cookie).status == 200
    assert seen == {"1", "2"}


def test_files_of_both_versions_are_found_without_a_cookie(place: Place) -> None:
    begin_canary(place, "conf-canary-files", 50)
    for version in ("1", "2") * 6:
        assert place.ask("conf-canary-files", f"/assets/app-{version}.js").status == 200


def test_no_shared_cache_keeps_a_canarys_page(place: Place) -> None:
    begin_canary(place, "conf-canary-cache", 50)
    headers = place.ask("conf-canary-cache").headers
    assert headers["cache-control"] == "private, max-age=0, must-revalidate"
    assert "cookie" in headers["vary"]


def test_a_canary_has_no_address_and_nobody_gets_one_that_ended(place: Place) -> None:
    begin_canary(place, "conf-canary-ended", 100)
    assert "version 2" in place.ask("conf-canary-ended").text
    assert place.ask("conf-canary-ended--canary", "/assets/app-2.js").status == 404
    place.route("conf-canary-ended", canary=0)
    assert place.soon(lambda: "x-app-variant" not in place.ask("conf-canary-ended").headers)
    assert "version 1" in place.ask("conf-canary-ended").text
