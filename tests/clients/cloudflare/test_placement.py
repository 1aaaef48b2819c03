"""Where files are: static assets, the script, the object store."""

import base64
import json
from typing import Any

import pytest

from overskill.clients.bundler import Asset
from overskill.clients.cloudflare.placement import LARGEST_IN_SCRIPT, place_files
from overskill.clients.edge_manifest import SERVER_APP, AssetEntry, stock_worker
from overskill.clients.objects import FakeObjectStore
from overskill.errors import LimitReached
from tests.support_cloudflare import Cloudflare, cloudflare_settings
from tests.support_edge import make_upload

HYBRID = {"OVERSKILL_ASSET_POLICY": "hybrid", "S3_BUCKET": "files"}
MB = 1024 * 1024


def entry(size: int) -> AssetEntry:
    return AssetEntry(hash=f"{size:032x}", size=size, type="text/plain")


def publish(cloudflare: Cloudflare, objects: FakeObjectStore, files: dict[str, Asset], **settings: str) -> str:
    edge = cloudflare.edge(objects, **settings)
    version_id = edge.upload(make_upload("shop", assets={**make_upload("shop").assets, **files}))
    edge.activate("production", "shop", version_id)
    return version_id


def files_of(cloudflare: Cloudflare) -> dict[str, Any]:
    files: dict[str, Any] = json.loads(cloudflare.served("shop").modules["files.json"])
    return files


def test_by_default_everything_is_a_static_asset() -> None:
    placed = place_files({"/a": entry(10), "/b": entry(60_000)}, cloudflare_settings())
    assert not any("place" in found for found in placed.values())


def test_a_script_holds_small_files_until_it_is_full() -> None:
    assets = {f"/{number}": entry(LARGEST_IN_SCRIPT) for number in range(50)} | {"/tiny": entry(1)}
    placed = place_files(assets, cloudflare_settings(**HYBRID))
    in_script = [found["size"] for found in placed.values() if found["place"] == "script"]
    assert 1 in in_script
    assert sum(in_script) <= 1_900_000
    assert sum(found["place"] == "store" for found in placed.values()) == 51 - len(in_script)


def test_hybrid_files_are_in_the_script_or_in_the_bucket(cloudflare: Cloudflare) -> None:
    objects = FakeObjectStore()
    publish(cloudflare, objects, {"/assets/large-1.js": Asset(b"x" * 60_000, "text/javascript")}, **HYBRID)
    files = files_of(cloudflare)
    assert base64.b64decode(files["/index.html"]["body"]).startswith(b"<!doctype html>")
    assert objects.get(files["/assets/large-1.js"]["key"]) == b"x" * 60_000
    assert files["/assets/large-1.js"]["cache"] == "public, max-age=31536000, immutable"
    served = cloudflare.served("shop")
    assert served.metadata["main_module"] == "stored-app.js"
    assert served.binding("FILES")["bucket_name"] == "files"
    assert "assets" not in served.metadata
    assert "ASSETS" not in [binding["name"] for binding in served.metadata["bindings"]]
    assert cloudflare.fake.calls("assets") == 0


def test_server_code_is_behind_the_worker_of_such_files(cloudflare: Cloudflare) -> None:
    edge = cloudflare.edge(FakeObjectStore(), **HYBRID)
    code = b"export default {};"
    edge.activate("production", "shop", edge.upload(make_upload("shop", modules={"server.js": code})))
    modules = cloudflare.served("shop").modules
    assert modules["app-worker.js"] == SERVER_APP.read_bytes()  # stored-app.js imports the app by this name
    assert (modules["worker.js"], modules["server.js"]) == (stock_worker(), code)


def test_an_apps_own_code_never_gets_the_bucket_which_has_the_files_of_all_apps(cloudflare: Cloudflare) -> None:
    objects = FakeObjectStore()
    edge = cloudflare.edge(objects, **HYBRID)
    large = {**make_upload("shop").assets, "/assets/large-1.js": Asset(b"x" * 60_000, "text/javascript")}
    before = edge.upload(make_upload("shop", assets=large))
    edge.activate("production", "shop", before)
    assert cloudflare.served("shop").binding("FILES")
    own = {"/assets/large-2.js": Asset(b"y" * 60_000, "text/javascript"), **make_upload("shop").assets}
    code = {"server.js": b"export default {};"}
    edge.activate("production", "shop", edge.upload(make_upload("shop", assets=own, modules=code, carry=(before,))))
    served = cloudflare.served("shop")
    assert "FILES" not in [binding["name"] for binding in served.metadata["bindings"]]
    assert "/assets/large-2.js" in served.assets
    assert "store" not in {entry.get("place") for entry in files_of(cloudflare).values()}
    assert not any("key" in entry for entry in files_of(cloudflare).values())


def test_an_app_with_server_code_has_no_file_that_is_too_large_for_an_asset(cloudflare: Cloudflare) -> None:
    edge = cloudflare.edge(FakeObjectStore(), S3_BUCKET="files")
    film = {"/film.mp4": Asset(bytes(26 * MB), "video/mp4")}
    with pytest.raises(LimitReached, match=r"/film\.mp4 \(26 MB\)"):
        edge.upload(make_upload("shop", assets=film, modules={"server.js": b"export default {};"}))


def test_a_file_that_is_too_large_for_an_asset_is_in_the_bucket(cloudflare: Cloudflare) -> None:
    film = Asset(bytes(26 * MB), "video/mp4")
    publish(cloudflare, FakeObjectStore(), {"/film.mp4": film}, S3_BUCKET="files")
    assert list(files_of(cloudflare)) == ["/film.mp4"]
    assert "/index.html" in cloudflare.served("shop").assets


def test_without_a_bucket_it_is_refused_by_name(cloudflare: Cloudflare) -> None:
    with pytest.raises(LimitReached, match=r"/film\.mp4 \(26 MB\)"):
        publish(cloudflare, FakeObjectStore(), {"/film.mp4": Asset(bytes(26 * MB), "video/mp4")})


def test_the_apps_own_rules_are_sent_as_files_of_rules(cloudflare: Cloudflare) -> None:
    rules = {
        "/_headers": Asset(b"/api/*\n  X-Robots-Tag: noindex\n  x-edge-scripts: 'unsafe-inline'\n", "text/plain"),
        "/_redirects": Asset(b"/old /new 301\n", "text/plain"),
    }
    publish(cloudflare, FakeObjectStore(), rules)
    served = cloudflare.served("shop")
    config = served.metadata["assets"]["config"]
    assert config["_headers"].startswith("/api/*\n  x-robots-tag: noindex\n/*\n  X-App-Id: ")
    assert config["_redirects"] == "/old /new 301\n"
    assert not served.assets.keys() & rules.keys()


def test_hybrid_without_a_bucket_cannot_be_set() -> None:
    with pytest.raises(ValueError, match="S3_BUCKET"):
        cloudflare_settings(OVERSKILL_ASSET_POLICY="hybrid")
