"""What Cloudflare serves after each step, and when a step fails."""

import json

import pytest

from overskill.clients import edge_carrying
from overskill.clients.cloudflare.edge import CloudflareEdge
from overskill.clients.cloudflare.fake.transport import Kind
from overskill.clients.cloudflare.names import database_name
from overskill.clients.edge import Upload
from overskill.clients.edge_manifest import SERVER_APP, stock_worker
from overskill.clients.objects import FakeObjectStore
from overskill.clients.s3_objects import S3ObjectStore
from overskill.errors import LimitReached, NotAllowed, NotFound, OverskillError, Unavailable
from tests.support_cloudflare import Cloudflare, cloudflare_settings
from tests.support_edge import make_upload

UPLOADING = ("assets-upload-session", "assets/upload")
SWITCHING = ("assets-upload-session", "PUT /accounts/0123456789abcdef0123456789abcdef/workers/dispatch")


@pytest.fixture
def objects() -> FakeObjectStore:
    return FakeObjectStore()


@pytest.fixture
def edge(cloudflare: Cloudflare, objects: FakeObjectStore) -> CloudflareEdge:
    return cloudflare.edge(objects)


def publish(edge: CloudflareEdge, label: str, **more: object) -> str:
    version_id = edge.upload(make_upload("shop", label, **more))
    edge.activate("production", "shop", version_id)
    return version_id


def label_of(cloudflare: Cloudflare) -> str:
    """The version that visitors get, by every part of it."""
    served = cloudflare.served("shop")
    label = str(served.binding("APP_VERSION")["text"])
    assert f"version {label}".encode() in served.assets["/index.html"].content
    assert f"/assets/app-{label}.js" in served.assets
    return label


def test_visitors_get_the_files_the_worker_and_the_variables(cloudflare: Cloudflare, edge: CloudflareEdge) -> None:
    version_id = publish(edge, "1", variables={"VITE_COLOUR": "green"}, app_id="app-1")
    served = cloudflare.served("shop")
    assert served.modules == {"worker.js": stock_worker()}
    assert served.assets["/index.html"].content_type == "text/html; charset=utf-8"
    assert served.binding("VITE_COLOUR")["text"] == "green"
    assert served.binding("ASSETS")["type"] == "assets"
    assert served.tags == [f"version:{version_id}", "app-app-1", "environment:production"]
    assert served.metadata["limits"] == {"cpu_ms": 50, "subrequests": 20}
    assert served.metadata["assets"]["config"]["not_found_handling"] == "single-page-application"


def test_hashed_files_are_cached_for_good_and_inline_scripts_are_told(
    cloudflare: Cloudflare, edge: CloudflareEdge
) -> None:
    upload = make_upload("shop")
    page = upload.assets["/index.html"]
    with_script = type(page)(page.content.replace(b"</body>", b"<script>1</script></body>"), page.content_type)
    publish(edge, "1", assets={**upload.assets, "/index.html": with_script})
    rules = cloudflare.served("shop").metadata["assets"]["config"]["_headers"]
    assert rules.startswith("/*\n  X-App-Id: id-shop\n  X-App-Version: 1\n  X-Edge-Scripts: 'sha256-")
    assert rules.endswith("/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n")


def test_an_upload_changes_nothing_that_is_served(cloudflare: Cloudflare, edge: CloudflareEdge) -> None:
    publish(edge, "1")
    edge.upload(make_upload("shop", "2"))
    assert label_of(cloudflare) == "1"


def test_going_back_uploads_nothing(cloudflare: Cloudflare, edge: CloudflareEdge) -> None:
    first = publish(edge, "1")
    publish(edge, "2")
    cloudflare.fake.asked.clear()
    edge.activate("production", "shop", first)
    assert label_of(cloudflare) == "1"
    assert cloudflare.fake.calls("workers/assets/upload") == 0
    assert len(cloudflare.fake.asked) == 4


def test_going_back_leaves_the_files_of_the_version_that_is_taken_back(
    cloudflare: Cloudflare, edge: CloudflareEdge
) -> None:
    first = publish(edge, "1")
    publish(edge, "2")
    edge.activate("production", "shop", first)
    assert {"/assets/app-1.js", "/assets/app-2.js"} <= cloudflare.served("shop").assets.keys()
    publish(edge, "3")
    assert "/assets/app-2.js" not in cloudflare.served("shop").assets


def test_going_back_brings_only_what_cloudflare_dropped(cloudflare: Cloudflare, edge: CloudflareEdge) -> None:
    shared = make_upload("shop", "1").assets["/assets/app-1.js"]
    first = publish(edge, "1")
    publish(edge, "2", assets={**make_upload("shop", "2").assets, "/assets/shared.js": shared})
    cloudflare.account.forget_unserved_assets()
    cloudflare.fake.asked.clear()
    edge.activate("production", "shop", first)
    assert label_of(cloudflare) == "1"
    assert cloudflare.fake.calls("workers/assets/upload") == 1


def test_files_of_the_two_versions_before_stay_reachable(
    cloudflare: Cloudflare, edge: CloudflareEdge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge_carrying, "CARRIED_SECONDS", 0.0)
    first = publish(edge, "1")
    second = publish(edge, "2", carry=[first])
    publish(edge, "3", carry=[first, second])
    assert {path for path in cloudflare.served("shop").assets if path.startswith("/assets/")} == {
        "/assets/app-1.js",
        "/assets/app-2.js",
        "/assets/app-3.js",
    }
    publish(edge, "4", carry=[second])
    assert "/assets/app-1.js" not in cloudflare.served("shop").assets


def test_server_code_is_put_with_the_worker_that_asks_it_before_any_file(
    cloudflare: Cloudflare, edge: CloudflareEdge
) -> None:
    publish(edge, "1", modules={"server.js": b"export default {};"})
    served = cloudflare.served("shop")
    assert served.metadata["main_module"] == "server-app.js"
    assert served.modules == {
        "worker.js": stock_worker(),
        "server-app.js": SERVER_APP.read_bytes(),
        "server.js": b"export default {};",
    }
    assert served.metadata["assets"]["config"]["run_worker_first"] == ["/api", "/api/*"]


def test_a_version_that_is_promoted_has_its_server_code(cloudflare: Cloudflare, edge: CloudflareEdge) -> None:
    first = publish(edge, "1", modules={"server.js": b"export default {};"})
    copied = edge.copy(first, "shop", "production", "staging", variables={}, secrets={"KEY": "2"})
    edge.activate("staging", "shop", copied)
    staged = cloudflare.served("shop", "staging")
    assert staged.modules == cloudflare.served("shop").modules
    assert staged.metadata["main_module"] == "server-app.js"
    assert staged.secrets == {"KEY": "2"}


def test_secrets_reach_the_script_and_are_sealed_in_our_store(
    cloudflare: Cloudflare, edge: CloudflareEdge, objects: FakeObjectStore
) -> None:
    publish(edge, "1", secrets={"STRIPE_KEY": "sk_live_1"})
    assert cloudflare.served("shop").secrets == {"STRIPE_KEY": "sk_live_1"}
    assert not any(b"sk_live_1" in content for content in objects.objects.values())
    publish(edge, "2")
    assert cloudflare.served("shop").secrets == {}


def test_secrets_that_were_sealed_with_another_key_are_told(cloudflare: Cloudflare, objects: FakeObjectStore) -> None:
    version_id = cloudflare.edge(objects).upload(make_upload("shop", secrets={"KEY": "1"}))
    other = cloudflare.edge(objects, OVERSKILL_SECRET_KEY="o" * 32)
    with pytest.raises(Unavailable, match="OVERSKILL_SECRET_KEY"):
        other.activate("production", "shop", version_id)


def test_a_version_that_is_promoted_is_uploaded_from_our_store(cloudflare: Cloudflare, edge: CloudflareEdge) -> None:
    first = publish(edge, "1")
    copied = edge.copy(first, "shop", "production", "staging", variables={"VITE_A": "1"}, secrets={"KEY": "2"})
    edge.activate("staging", "shop", copied)
    staged = cloudflare.served("shop", "staging")
    assert staged.assets.keys() == cloudflare.served("shop").assets.keys()
    assert staged.binding("APP_ENV")["text"] == "staging"
    assert staged.secrets == {"KEY": "2"}


def test_caches_of_the_apps_host_are_purged(cloudflare: Cloudflare, edge: CloudflareEdge) -> None:
    publish(edge, "1")
    edge.activate(
        "staging", "shop", edge.copy(publish(edge, "2"), "shop", "production", "staging", variables={}, secrets={})
    )
    hosts = [purged["hosts"][0] for purged in cloudflare.account.purged]
    assert hosts == ["shop.apps.example.com", "shop.apps.example.com", "staging--shop.apps.example.com"]


def test_a_canary_has_no_host_whose_caches_could_be_purged(cloudflare: Cloudflare, edge: CloudflareEdge) -> None:
    edge.activate("production", "shop--canary", edge.upload(make_upload("shop--canary")))
    assert cloudflare.account.purged == []


def test_a_purge_that_fails_does_not_fail_the_publish(cloudflare: Cloudflare, edge: CloudflareEdge) -> None:
    cloudflare.fake.fail("purge_cache", "rights")
    publish(edge, "1")
    assert label_of(cloudflare) == "1"


def test_each_app_has_a_database_where_the_settings_say_so(cloudflare: Cloudflare, objects: FakeObjectStore) -> None:
    edge = cloudflare.edge(objects, CLOUDFLARE_DATABASES="on")
    publish(edge, "1")
    publish(edge, "2")
    assert list(cloudflare.account.databases.values()) == ["overskill-local-production-shop"]
    assert cloudflare.served("shop").binding("DB")["type"] == "d1"


def test_names_of_databases_are_short_and_never_the_same() -> None:
    names = {database_name("overskill-local-production", f"{'shop' * 12}-{number}") for number in range(3)}
    assert len(names) == 3
    assert all(len(name) <= 63 for name in names)
    assert database_name("n", "shop--canary") == database_name("n", "shop")


@pytest.mark.parametrize("kind", ["rate", "ill", "timeout", "rights", "token", "unreachable"])
@pytest.mark.parametrize("where", UPLOADING, ids=["session", "files"])
def test_an_upload_that_fails_leaves_what_was_live_and_can_be_done_again(
    cloudflare: Cloudflare, edge: CloudflareEdge, where: str, kind: str
) -> None:
    publish(edge, "1")
    cloudflare.fake.fail(where, kind)  # type: ignore[arg-type]
    with pytest.raises(OverskillError):
        publish(edge, "2")
    cloudflare.fake.faults.clear()
    assert label_of(cloudflare) == "1"
    publish(edge, "2")
    assert label_of(cloudflare) == "2"


@pytest.mark.parametrize("kind", ["rate", "ill", "timeout", "rights", "token", "unreachable"])
@pytest.mark.parametrize("where", SWITCHING, ids=["session", "script"])
def test_a_switch_that_fails_leaves_what_was_live_and_can_be_done_again(
    cloudflare: Cloudflare, edge: CloudflareEdge, where: str, kind: str
) -> None:
    publish(edge, "1")
    version_id = edge.upload(make_upload("shop", "2"))
    cloudflare.fake.fail(where, kind)  # type: ignore[arg-type]
    with pytest.raises((Unavailable, LimitReached, NotAllowed), match=r"still is|Try again"):
        edge.activate("production", "shop", version_id)
    cloudflare.fake.faults.clear()
    assert label_of(cloudflare) == "1"
    edge.activate("production", "shop", version_id)
    assert label_of(cloudflare) == "2"


@pytest.mark.parametrize("kind", ["done but lost", "done but ill"])
def test_a_switch_whose_answer_was_lost_is_looked_after(
    cloudflare: Cloudflare, edge: CloudflareEdge, kind: str
) -> None:
    publish(edge, "1")
    version_id = edge.upload(make_upload("shop", "2"))
    cloudflare.fake.fail(SWITCHING[1], kind)  # type: ignore[arg-type]
    edge.activate("production", "shop", version_id)
    assert label_of(cloudflare) == "2"
    assert edge.live("production", "shop") == version_id


def test_a_switch_that_nobody_can_tell_of_says_so(cloudflare: Cloudflare, edge: CloudflareEdge) -> None:
    publish(edge, "1")
    version_id = edge.upload(make_upload("shop", "2"))
    cloudflare.fake.fail(SWITCHING[1], "timeout")
    cloudflare.fake.fail("/tags", "timeout")
    with pytest.raises(Unavailable, match="did not say whether it switched"):
        edge.activate("production", "shop", version_id)


def test_an_upload_that_failed_cannot_be_activated_and_leaves_nothing(
    cloudflare: Cloudflare, edge: CloudflareEdge, objects: FakeObjectStore
) -> None:
    publish(edge, "1")
    kept = set(objects.objects)
    cloudflare.fake.fail("assets-upload-session", "ill")
    with pytest.raises(Unavailable):
        edge.upload(make_upload("shop", "2"))
    cloudflare.fake.faults.clear()
    (unfinished,) = [
        key for key in objects.objects if "/versions/" in key and not json.loads(objects.objects[key])["is_whole"]
    ]
    with pytest.raises(NotFound):
        edge.activate("production", "shop", unfinished.rpartition("/")[2].removesuffix(".json"))
    third = publish(edge, "3")
    edge.prune("production", "shop", keep=[third])
    left = {key.rpartition("/")[2] for key in objects.objects if "/versions/" in key}
    assert left == {f"{third}.json"}
    assert len(objects.objects) == len(kept)


def test_an_apps_removal_and_pruning_leave_nothing_behind(
    cloudflare: Cloudflare, edge: CloudflareEdge, objects: FakeObjectStore
) -> None:
    publish(edge, "1", secrets={"KEY": "1"})
    edge.remove("production", "shop")
    edge.prune("production", "shop", keep=[])
    assert objects.objects == {}
    assert cloudflare.account.namespaces["overskill-local-production"] == {}


@pytest.mark.parametrize("kind", ["rate", "token", "rights", "ill", "timeout", "unreachable"])
def test_pruning_that_fails_deletes_nothing_and_the_next_one_does_it(
    cloudflare: Cloudflare, edge: CloudflareEdge, objects: FakeObjectStore, kind: Kind
) -> None:
    publish(edge, "1")
    live = publish(edge, "2")
    kept = dict(objects.objects)
    cloudflare.fake.fail("/tags", kind)
    with pytest.raises(OverskillError):
        edge.prune("production", "shop", keep=[live])
    assert objects.objects == kept
    assert label_of(cloudflare) == "2"
    cloudflare.fake.faults.clear()
    assert edge.prune("production", "shop", keep=[live]) == 1


def test_without_its_object_store_nothing_is_published_or_pruned_and_what_is_live_stays(
    cloudflare: Cloudflare, edge: CloudflareEdge, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(edge, "1")
    monkeypatch.setattr("overskill.clients.s3_objects.TRIES", 1)
    nowhere = {"S3_ENDPOINT": "http://127.0.0.1:1", "S3_BUCKET": "b"}
    keys = {"S3_ACCESS_KEY_ID": "id", "S3_SECRET_ACCESS_KEY": "key"}
    without = cloudflare.edge(S3ObjectStore(cloudflare_settings(**nowhere, **keys)))
    with pytest.raises(Unavailable, match="object store does not answer"):
        without.upload(make_upload("shop", "2"))
    with pytest.raises(Unavailable, match="object store does not answer"):
        without.prune("production", "shop", keep=[])
    assert label_of(cloudflare) == "1"


def test_an_app_is_found_by_its_tag_and_no_other_though_the_filter_lets_it_through(
    cloudflare: Cloudflare, edge: CloudflareEdge, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(edge, "1", app_id="mine")
    other = edge.upload(make_upload("other", app_id="another"))
    edge.activate("production", "other", other)
    assert edge.places_of("mine") == [("production", "shop")]
    monkeypatch.setattr(cloudflare.account, "ignores_tag_filters", True)
    assert edge.places_of("mine") == [("production", "shop")]


def test_an_environment_that_is_not_set_up_is_told(cloudflare: Cloudflare, edge: CloudflareEdge) -> None:
    cloudflare.account.namespaces.clear()
    with pytest.raises(Unavailable, match=r"\./run cloudflare setup"):
        edge.upload(make_upload("shop"))


def test_a_file_that_both_lost_is_told(cloudflare: Cloudflare, edge: CloudflareEdge, objects: FakeObjectStore) -> None:
    first = publish(edge, "1")
    publish(edge, "2")
    cloudflare.account.forget_unserved_assets()
    for key in list(objects.objects):
        if "/files/" in key:
            del objects.objects[key]
    with pytest.raises(NotFound, match="Publish it again"):
        edge.activate("production", "shop", first)
    assert label_of(cloudflare) == "2"


def test_too_large_a_file_is_refused_before_anything_is_kept(
    cloudflare: Cloudflare, edge: CloudflareEdge, objects: FakeObjectStore
) -> None:
    upload: Upload = make_upload("shop")
    page = upload.assets["/index.html"]
    film = type(page)(bytes(26 * 1024 * 1024), "video/mp4")
    with pytest.raises(LimitReached, match=r"/film\.mp4"):
        edge.upload(make_upload("shop", assets={**upload.assets, "/film.mp4": film}))
    assert objects.objects == {}
    assert cloudflare.fake.asked == []


def test_cloudflare_answers_a_ping_when_it_can_be_asked(cloudflare: Cloudflare, edge: CloudflareEdge) -> None:
    assert edge.ping()
    cloudflare.fake.fail("GET", "rights")
    assert not edge.ping()
