"""The daemon over its real socket, as Python sees it."""

import http.client
import json
import os
import socket
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BufferedReader

import pytest

from overskill.bundler.launcher import daemon_command, socket_path
from overskill.clients.daemon import UnknownApp
from overskill.clients.shares import LocalSharedPreviews
from overskill.errors import InvalidInput
from tests.support_bundler import APP, SMALL_APP, RunningBundler
from tests.support_waiting import eventually


def get(bundler: RunningBundler, host: str, path: str = "/", **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", bundler.settings.preview_port, timeout=60)
    connection.request("GET", path, headers={"Host": host, **headers})
    response = connection.getresponse()
    answer = response.status, {name.lower(): value for name, value in response.getheaders()}, response.read().decode()
    connection.close()
    return answer


def host(bundler: RunningBundler, key: str) -> str:
    return bundler.address(key).removeprefix("http://").removesuffix("/")


def test_an_app_without_errors_opens_without_diagnostics(bundler: RunningBundler, key: str) -> None:
    assert bundler.client.open(key, SMALL_APP).diagnostics == ()


def test_a_preview_says_that_server_code_does_not_run_in_it(bundler: RunningBundler, key: str) -> None:
    bundler.client.open(key, {**SMALL_APP, "server/index.ts": "export default {};"})
    status, headers, body = get(bundler, host(bundler, key), "/api/notes")
    note = "server/index.ts runs once the app is published, not in this preview."
    assert (status, headers["x-preview-note"], json.loads(body)) == (501, note, {"error": note})
    bundler.client.update(key, {"server/index.ts": None})
    assert get(bundler, host(bundler, key), "/api/notes")[0] == 404


def test_server_code_is_at_no_address_of_the_preview(bundler: RunningBundler, key: str) -> None:
    bundler.client.open(key, {**SMALL_APP, "server/index.ts": "export default {};", "server/a.svg": "<svg/>"})
    for path in ("/server/index.ts", "/server/a.svg"):
        assert "<svg" not in get(bundler, host(bundler, key), path)[2]


def test_a_syntax_error_is_named_with_file_and_line(bundler: RunningBundler, key: str) -> None:
    broken = "export default function App() {\n  return <div><p>hi</div>;\n}\n"
    found = bundler.client.open(key, {**SMALL_APP, "src/App.tsx": broken}).diagnostics[0]
    assert (found.file, found.line, found.code) == ("src/App.tsx", 2, "syntax")


def test_a_fixed_error_leaves_nothing_behind(bundler: RunningBundler, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    assert bundler.client.update(key, {"src/App.tsx": "export default () => <p>"}).diagnostics
    assert bundler.client.update(key, {"src/App.tsx": APP}).diagnostics == ()


def test_adding_a_missing_file_mends_its_importers(bundler: RunningBundler, key: str) -> None:
    importing = 'import { Title } from "./Title";\nexport default () => <Title />;\n'
    missing = bundler.client.open(key, {**SMALL_APP, "src/App.tsx": importing})
    assert [(found.code, found.line) for found in missing.diagnostics] == [("unresolved", 1)]
    mended = bundler.client.update(key, {"src/Title.tsx": "export const Title = () => <h1>Hi</h1>;\n"})
    assert mended.diagnostics == ()


def test_removing_a_file_breaks_its_importers(bundler: RunningBundler, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    found = bundler.client.update(key, {"src/App.tsx": None}).diagnostics
    assert [(problem.file, problem.code) for problem in found] == [("src/main.tsx", "unresolved")]


def test_errors_in_files_nothing_imports_are_only_warnings(bundler: RunningBundler, key: str) -> None:
    found = bundler.client.open(key, {**SMALL_APP, "src/Unused.tsx": "export const = 1"}).diagnostics
    assert [(problem.file, problem.severity) for problem in found] == [("src/Unused.tsx", "warning")]


def test_errors_behind_a_file_that_does_not_compile_are_named_too(bundler: RunningBundler, key: str) -> None:
    broken = {"src/App.tsx": "export default () => <p>", "src/far.ts": 'import x from "left-pad"; export default x;'}
    found = bundler.client.open(key, {**SMALL_APP, **broken}).diagnostics
    assert {(problem.file, problem.severity) for problem in found} == {
        ("src/App.tsx", "error"),
        ("src/far.ts", "error"),
    }


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ('import x from "left-pad"; export default () => x;', "package", 'Package "left-pad" is not available'),
        ('import fs from "node:fs"; export default () => fs;', "package", "is not available"),
        ('import x from "https://esm.sh/evil"; export default () => x;', "package", "is not available"),
        ('import x from "/etc/passwd"; export default () => x;', "unresolved", "Cannot find"),
        ('import { Nope } from "lucide-react"; export default () => <Nope />;', "unresolved", "no export Nope"),
        ('import { useNothing } from "react"; export default () => useNothing();', "unresolved", "useNothing"),
        ('import { gone } from "./main"; export default () => gone;', "unresolved", "does not export gone"),
        ("const a = await fetch('/x'); export default () => a;", "syntax", "outside a function"),
        ("for await (const a of []) {} export default () => null;", "syntax", "outside a function"),
    ],
)
def test_what_an_app_can_not_import_or_do_is_said(
    bundler: RunningBundler, key: str, code: str, kind: str, words: str
) -> None:
    found = bundler.client.open(key, {**SMALL_APP, "src/App.tsx": code}).diagnostics
    assert [(problem.file, problem.code) for problem in found] == [("src/App.tsx", kind)]
    assert words in found[0].message


def test_await_inside_functions_is_fine(bundler: RunningBundler, key: str) -> None:
    code = "const load = async () => { await fetch('/x'); };\nexport default () => <p onClick={load} />;\n"
    assert bundler.client.open(key, {**SMALL_APP, "src/App.tsx": code}).diagnostics == ()


def test_css_modules_are_refused_with_advice(bundler: RunningBundler, key: str) -> None:
    files = {
        **SMALL_APP,
        "src/App.tsx": 'import s from "./a.module.css"; export default () => <p className={s.a} />;',
        "src/a.module.css": ".a { color: red }",
    }
    assert "Tailwind" in bundler.client.open(key, files).diagnostics[0].message


@pytest.mark.parametrize(
    ("css", "words"),
    [
        ('@plugin "./evil.js";', "not allowed"),
        ('@config "../tailwind.config.js";', "not allowed"),
        ('@import "/etc/passwd";', "Cannot import"),
        ('@import "../../../../etc/passwd";', "Cannot import"),
    ],
)
def test_stylesheets_can_not_reach_outside_the_app(bundler: RunningBundler, key: str, css: str, words: str) -> None:
    found = bundler.client.open(key, {**SMALL_APP, "src/index.css": f'@import "tailwindcss";\n{css}'}).diagnostics
    assert found[0].code == "css"
    assert words in found[0].message


def test_stylesheets_of_other_hosts_are_left_out(bundler: RunningBundler, key: str) -> None:
    css = '@import url("https://evil.example/x.css");\n@import "tailwindcss";\n'
    found = bundler.client.open(key, {**SMALL_APP, "src/index.css": css}).diagnostics
    assert [problem.severity for problem in found] == ["warning"]
    assert "evil.example" not in bundler.client.css(key)


@pytest.mark.parametrize(
    "path",
    [
        *("../../etc/passwd", "/etc/passwd", "src/../../x.ts", "src/a\\b.ts", "C:/x.ts", "src/.env"),
        *("node_modules/react/index.js", "src/\0x.ts", "src//a.ts", "./a.ts", "", "a" * 201),
    ],
)
def test_paths_that_could_lead_elsewhere_are_refused(bundler: RunningBundler, key: str, path: str) -> None:
    with pytest.raises(InvalidInput, match="not a path"):
        bundler.client.open(key, {path: "x"})


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({f"src/f{number}.ts": "" for number in range(401)}, "limit is 400"),
        ({"src/main.tsx": "x" * 600_000}, "512 KB"),
        ({f"src/f{number}.ts": "x" * 500_000 for number in range(18)}, "8 MB"),
    ],
    ids=["files", "size", "total"],
)
def test_limits_are_enforced(bundler: RunningBundler, key: str, files: dict[str, str], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        bundler.client.open(key, files)


def test_a_refused_change_changes_nothing(bundler: RunningBundler, key: str) -> None:
    before = bundler.client.open(key, SMALL_APP)
    with pytest.raises(InvalidInput):
        bundler.client.update(key, {"src/App.tsx": "broken(", "../x": "y"})
    assert bundler.client.open(key, SMALL_APP).revision == before.revision


@pytest.mark.parametrize(
    "nested",
    ["export const a = " + "(" * 20_000 + "1" + ")" * 20_000, "export const a = " + "<a>" * 20_000 + "</a>" * 20_000],
    ids=["brackets", "tags"],
)
def test_nesting_that_would_crash_the_parser_is_refused(bundler: RunningBundler, key: str, nested: str) -> None:
    found = bundler.client.open(key, {"src/main.tsx": nested}).diagnostics
    assert "nested too deeply" in found[0].message
    assert eventually(bundler.client.ping)


def test_an_update_of_an_app_that_is_not_open_says_so(bundler: RunningBundler, key: str) -> None:
    with pytest.raises(UnknownApp):
        bundler.client.update(key, {"src/App.tsx": APP})


def test_a_shell_takes_files_only_whole(bundler: RunningBundler, key: str) -> None:
    bundler.client.shell(key)
    with pytest.raises(UnknownApp):
        bundler.client.update(key, {"src/App.tsx": APP})


def test_a_shell_leaves_an_open_app_alone(bundler: RunningBundler, key: str) -> None:
    before = bundler.client.open(key, SMALL_APP)
    bundler.client.shell(key)
    assert bundler.client.update(key, {}).revision == before.revision


def test_after_a_crash_an_update_asks_for_the_whole_app(own_bundler: RunningBundler, key: str) -> None:
    """The journal may lag behind: an update on top of it could lose what came before."""
    own_bundler.client.open(key, SMALL_APP)
    own_bundler.kill()
    own_bundler.start()
    with pytest.raises(UnknownApp):
        own_bundler.client.update(key, {"src/App.tsx": APP})


def test_it_stops_when_asked_and_keeps_what_was_just_changed(own_bundler: RunningBundler, key: str) -> None:
    own_bundler.client.open(key, SMALL_APP)
    assert own_bundler.stop() == 0
    own_bundler.start()
    assert "Small" in get(own_bundler, host(own_bundler, key))[2]


def test_a_taken_port_is_named_with_its_setting(bundler: RunningBundler) -> None:
    command = daemon_command(bundler.settings, bundler.installed)
    environment = os.environ | bundler.installed.environment
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert f"Port {bundler.settings.preview_port} is taken" in done.stderr
    assert "OVERSKILL_PREVIEW_PORT" in done.stderr


def test_opening_an_open_app_again_only_applies_the_difference(bundler: RunningBundler, key: str) -> None:
    first = bundler.client.open(key, {**SMALL_APP, "src/old.ts": "export {};"})
    assert bundler.client.open(key, {**SMALL_APP, "src/old.ts": "export {};"}).revision == first.revision
    assert bundler.client.open(key, SMALL_APP).revision == first.revision + 1


def test_a_closed_app_has_no_page(bundler: RunningBundler, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    bundler.client.close(key)
    status, _, body = get(bundler, host(bundler, key))
    assert status == 404
    assert "Open the app in the studio" in body


def test_every_address_of_an_app_is_its_page(bundler: RunningBundler, key: str) -> None:
    bundler.client.shell(key)
    assert [get(bundler, host(bundler, key), path)[0] for path in ("/", "/tasks/7")] == [200, 200]


def test_hosts_that_are_not_ours_get_nothing(bundler: RunningBundler, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    assert [get(bundler, name)[0] for name in (f"{key}.evil.example", "127.0.0.1", "preview.localhost")] == [404] * 3


def test_the_page_may_only_be_framed_by_the_studio(bundler: RunningBundler, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    _, headers, _ = get(bundler, host(bundler, key))
    policy = headers["content-security-policy"]
    assert f"frame-ancestors {bundler.settings.site_url} " in policy
    assert "style-src 'self' 'unsafe-inline';" in policy


def test_text_assets_are_served_with_their_type(bundler: RunningBundler, key: str) -> None:
    bundler.client.open(key, {**SMALL_APP, "public/logo.svg": "<svg/>", "src/secret.ts": "export {};"})
    status, headers, body = get(bundler, host(bundler, key), "/logo.svg")
    assert (status, headers["content-type"], body) == (200, "image/svg+xml", "<svg/>")
    assert get(bundler, host(bundler, key), "/src/secret.ts")[0] == 404


def test_the_title_and_icon_come_from_the_apps_own_page(bundler: RunningBundler, key: str) -> None:
    index = '<html lang="de"><head><title>A &amp; <b>B</b></title><link rel="icon" href="/i.svg"></head></html>'
    bundler.client.open(key, {**SMALL_APP, "index.html": index})
    _, _, body = get(bundler, host(bundler, key))
    assert '<html lang="de">' in body
    assert "<title>A &#38; &#60;b&#62;B&#60;/b&#62;</title>" in body


def test_packages_are_served_compressed_and_for_ever(bundler: RunningBundler, key: str) -> None:
    bundler.client.shell(key)
    _, _, body = get(bundler, host(bundler, key))
    imports = json.loads(body.partition('type="importmap"')[2].partition(">")[2].partition("</script>")[0])["imports"]
    path = imports["react"].partition("/@vendor/")[2]
    connection = http.client.HTTPConnection("127.0.0.1", bundler.settings.preview_port, timeout=60)
    connection.request("GET", f"/@vendor/{path}", headers={"Accept-Encoding": "gzip, br"})
    response = connection.getresponse()
    response.read()
    connection.close()
    assert response.headers["content-encoding"] == "br"
    assert "immutable" in response.headers["cache-control"]


def test_files_beside_the_packages_are_not_served(bundler: RunningBundler) -> None:
    for path in ("/@vendor/vendor.json", "/@vendor/..%2fpackage.json", "/@vendor/%2e%2e/package.json"):
        assert get(bundler, "shared.preview.localhost", path)[0] == 404


def test_the_socket_is_the_owners_alone(bundler: RunningBundler) -> None:
    assert stat.S_IMODE(socket_path(bundler.settings).stat().st_mode) == 0o600


@contextmanager
def frames_of(bundler: RunningBundler, key: str) -> Iterator[Iterator[tuple[int, bytes]]]:
    """What a preview that can unpack is sent: the first byte of each frame, and what is in it."""
    name = host(bundler, key)
    asking = (
        f"GET /@ws HTTP/1.1\r\nHost: {name}\r\nOrigin: http://{name}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
    )
    with (
        socket.create_connection(("127.0.0.1", bundler.settings.preview_port), timeout=20) as connection,
        connection.makefile("rb") as answer,
    ):
        connection.sendall(asking.encode())
        head = b"".join(iter(answer.readline, b"\r\n"))
        assert b"Sec-WebSocket-Extensions: permessage-deflate" in head
        yield iter(lambda: read_frame(answer), None)


def read_frame(answer: BufferedReader) -> tuple[int, bytes]:
    first, length = answer.read(2)
    if length > 125:  # RFC 6455, section 5.2
        length = int.from_bytes(answer.read(2 if length == 126 else 8))
    return first, answer.read(length)


def test_what_previews_are_sent_is_compressed_and_counted(bundler: RunningBundler, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    before = bundler.client.stats()["sent"]
    with frames_of(bundler, key) as frames:
        first, content = next(frames)
        sent = bundler.client.stats()["sent"]
    assert first == 0xC1  # a whole message of text, compressed: RFC 7692, section 6
    assert sent - before > len(content)


def test_an_edit_is_sent_as_it_is_because_somebody_waits_for_it(bundler: RunningBundler, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    with frames_of(bundler, key) as frames:
        next(frames)
        bundler.client.update(key, {"src/App.tsx": APP.replace("Hello", "Good morning")})
        edit = next(content for _, content in frames if b"Good morning" in content)
    assert json.loads(edit)["type"] == "state"


def soon() -> datetime:
    return datetime.now(UTC) + timedelta(hours=1)


def test_an_app_is_shown_at_an_alias_until_that_ends(bundler: RunningBundler, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    shares = LocalSharedPreviews(bundler.client.daemon)
    alias = f"share-{key}"
    shares.share(key, alias, soon())
    status, headers, body = get(bundler, host(bundler, alias))
    assert (status, "Hello" in body, key in body.replace(alias, "")) == (200, True, False)
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    shares.end([alias])
    assert get(bundler, host(bundler, alias))[0] == 404
    assert get(bundler, host(bundler, key))[0] == 200


def test_an_alias_ends_by_itself(bundler: RunningBundler, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    alias = f"share-{key}"
    LocalSharedPreviews(bundler.client.daemon).share(key, alias, datetime.now(UTC) - timedelta(seconds=1))
    status, _, body = get(bundler, host(bundler, alias))
    assert (status, "This link has ended" in body) == (404, True)


def test_aliases_outlive_a_crash_and_revoked_ones_do_not(own_bundler: RunningBundler, key: str) -> None:
    own_bundler.client.open(key, SMALL_APP)
    shares = LocalSharedPreviews(own_bundler.client.daemon)
    for alias in ("share-kept", "share-revoked"):
        shares.share(key, alias, soon())
    shares.end(["share-revoked"])
    own_bundler.kill()
    own_bundler.start()
    own_bundler.client.open(key, SMALL_APP)
    assert [get(own_bundler, host(own_bundler, alias))[0] for alias in ("share-kept", "share-revoked")] == [200, 404]
