"""Which address leads where."""

import pytest

from overskill.clients.bundler import Asset
from tests.support_edge import RunningEdge, ask, make_upload

ENVIRONMENTS = ("preview", "staging", "production")


@pytest.fixture(scope="module")
def routed(edge: RunningEdge) -> RunningEdge:
    for environment in ENVIRONMENTS:
        edge.publish(make_upload("routed", environment, environment=environment))
    return edge


@pytest.mark.parametrize(
    ("host", "path", "version"),
    [
        ("routed.localhost", "/", "production"),
        ("preview--routed.localhost", "/", "preview"),
        ("staging--routed.localhost", "/", "staging"),
        ("ROUTED.localhost", "/", "production"),
        ("localhost", "/app/routed/", "production"),
        ("localhost", "/app/preview--routed/", "preview"),
        ("localhost", "/app/staging--routed/", "staging"),
        ("127.0.0.1", "/app/routed/", "production"),
        ("somewhere.example", "/app/routed/", "production"),
        ("www.localhost", "/app/routed/", "production"),
        ("routed.localhost", "/deep/link?tab=1", "production"),
        ("localhost", "/app/routed/deep/link", "production"),
    ],
)
def test_an_address_leads_to_its_app_and_environment(routed: RunningEdge, host: str, path: str, version: str) -> None:
    answer = ask(routed.port, path, host=host)
    assert answer.status == 200
    assert f"version {version}" in answer.text
    assert (answer.headers["x-app-id"], answer.headers["x-app-env"]) == ("id-routed", version)
    assert answer.headers["x-app-version"] == version


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("nobody.localhost", "/"),
        ("preview--nobody.localhost", "/"),
        ("localhost", "/app/nobody/"),
        ("localhost", "/app/-routed/"),
        ("localhost", "/app/Routed/"),
        ("localhost", "/app/test--routed/"),
        ("localhost", "/app/"),
        ("localhost", "/elsewhere"),
        ("routed.apps.localhost", "/"),
        ("routed.example.com", "/x"),
    ],
)
def test_an_address_of_nothing_gets_a_page_that_says_so(routed: RunningEdge, host: str, path: str) -> None:
    answer = ask(routed.port, path, host=host, accept="text/html")
    if path == "/" and host == "routed.apps.localhost":
        assert "This is where apps live" in answer.text
        return
    assert answer.status == 404
    assert "There’s no app here" in answer.text


def test_the_edges_own_front_page_leads_to_the_studio(routed: RunningEdge) -> None:
    answer = ask(routed.port, "/")
    assert answer.status == 200
    assert 'href="http://localhost:3000"' in answer.text


def test_the_edge_has_a_health_check_of_its_own(routed: RunningEdge) -> None:
    assert ask(routed.port, "/__health", host="127.0.0.1").text == '{"ok":true}'


def test_a_path_address_without_its_slash_is_sent_to_the_one_with_it(routed: RunningEdge) -> None:
    answer = ask(routed.port, "/app/preview--routed?tab=1")
    assert (answer.status, answer.headers["location"]) == (308, "/app/preview--routed/?tab=1")


def test_an_address_that_cannot_be_decoded_is_refused(routed: RunningEdge) -> None:
    for host, path in (("routed.localhost", "/%zz"), ("localhost", "/app/routed/%e0%a4%a"), ("localhost", "/%")):
        assert ask(routed.port, path, host=host).status == 400


def test_programs_get_problems_as_json(routed: RunningEdge) -> None:
    answer = ask(routed.port, "/", host="nobody.localhost", accept="application/json")
    assert answer.headers["content-type"].startswith("application/json")
    assert "There’s no app here" in answer.text


def test_an_app_under_a_path_finds_its_files(edge: RunningEdge) -> None:
    page = (
        b'<!doctype html><html><head><link rel="stylesheet" href="/assets/a.css"></head><body>'
        b'<img src="./logo.png"><a href="//example.com/x">x</a><a href="#top">y</a></body></html>'
    )
    edge.publish(make_upload("prefixed", assets={"/index.html": Asset(page, "text/html")}))
    text = ask(edge.port, "/app/prefixed/").text
    assert '<head><base href="/app/prefixed/">' in text
    assert 'href="/app/prefixed/assets/a.css"' in text
    assert 'src="./logo.png"' in text
    assert 'href="//example.com/x"' in text
    assert 'href="#top"' in text


def test_a_page_under_a_path_is_rewritten_although_a_compressed_one_is_stored(edge: RunningEdge) -> None:
    page = b"<!doctype html><html><head></head><body>" + b"long " * 1000 + b"</body></html>"
    edge.publish(make_upload("prefixed-long", assets={"/index.html": Asset(page, "text/html")}))
    answer = ask(edge.port, "/app/prefixed-long/", accept_encoding="gzip, br")
    assert "content-encoding" not in answer.headers
    assert '<base href="/app/prefixed-long/">' in answer.text


def test_an_apps_redirect_stays_under_its_path(edge: RunningEdge) -> None:
    assets = {"/index.html": Asset(b"home", "text/html"), "/about.html": Asset(b"about", "text/html")}
    edge.publish(make_upload("redirecting", assets=assets))
    answer = ask(edge.port, "/app/redirecting/about.html?x=1")
    assert (answer.status, answer.headers["location"]) == (307, "/app/redirecting/about?x=1")


def test_an_app_under_a_path_cannot_speak_for_the_whole_origin(edge: RunningEdge) -> None:
    headers = '{ "clear-site-data": "*", "service-worker-allowed": "/" }'
    edge.publish_code("greedy", f"export default {{ fetch: () => new Response('', {{ headers: {headers} }}) }};")
    greedy = {"clear-site-data", "service-worker-allowed"}
    assert greedy & edge.ask("greedy").headers.keys() == greedy
    assert not greedy & ask(edge.port, "/app/greedy/").headers.keys()


def test_a_redirect_to_elsewhere_is_left_alone(edge: RunningEdge) -> None:
    edge.publish_code("leaving", "export default { fetch: () => Response.redirect('https://example.com/a', 302) };")
    assert ask(edge.port, "/app/leaving/").headers["location"] == "https://example.com/a"
