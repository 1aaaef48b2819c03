"""What every edge promises, held against the embedded one, Cloudflare's (in memory), and the fake one."""

import threading
from pathlib import Path

import pytest

from overskill.clients.edge import Edge, FakeEdge
from overskill.clients.edge_embedded import EmbeddedEdge
from overskill.clients.edge_names import canary_script
from overskill.clients.objects import FakeObjectStore
from overskill.errors import InvalidInput, NotFound, Unavailable
from tests.support_cloudflare import Cloudflare
from tests.support_edge import make_upload, settings_for


@pytest.fixture(params=["embedded", "cloudflare", "fake"])
def edge(request: pytest.FixtureRequest, tmp_path: Path) -> Edge:
    match request.param:
        case "embedded":
            return EmbeddedEdge(settings_for(tmp_path, 1), grace=0)
        case "cloudflare":
            return Cloudflare().edge(FakeObjectStore())
        case _:
            return FakeEdge()


def publish(edge: Edge, script: str, label: str) -> str:
    version_id = edge.upload(make_upload(script, label))
    edge.activate("production", script, version_id)
    return version_id


def test_nothing_is_live_at_first(edge: Edge) -> None:
    assert edge.live("production", "shop") is None


def test_an_upload_is_live_only_when_it_is_activated(edge: Edge) -> None:
    version_id = edge.upload(make_upload("shop"))
    assert edge.live("production", "shop") is None
    edge.activate("production", "shop", version_id)
    assert edge.live("production", "shop") == version_id


def test_the_same_bytes_give_the_same_version(edge: Edge) -> None:
    assert edge.upload(make_upload("shop", "1")) == edge.upload(make_upload("shop", "1"))


@pytest.mark.parametrize(
    "difference",
    [
        {"label": "2"},
        {"environment": "preview"},
        {"variables": {"VITE_A": "1"}},
        {"app_id": "other"},
        {"modules": {"server.js": b"export default {};"}},
    ],
)
def test_any_difference_gives_another_version(edge: Edge, difference: dict[str, object]) -> None:
    first = edge.upload(make_upload("shop"))
    assert edge.upload(make_upload("shop", **difference)) != first  # type: ignore[arg-type]


def test_a_version_is_copied_to_another_environment_with_that_ones_variables(edge: Edge) -> None:
    first = publish(edge, "shop", "1")
    copied = edge.copy(first, "shop", "production", "staging", variables={"VITE_A": "1"}, secrets={})
    assert edge.live("staging", "shop") is None
    edge.activate("staging", "shop", copied)
    assert edge.live("staging", "shop") == copied
    assert edge.live("production", "shop") == first
    assert edge.copy(first, "shop", "production", "staging", variables={"VITE_A": "1"}, secrets={}) == copied


def test_a_version_is_copied_to_a_canary_beside_it(edge: Edge) -> None:
    first = publish(edge, "shop", "1")
    canary = canary_script("shop")
    copied = edge.copy(first, "shop", "production", "production", target_script=canary, variables={}, secrets={})
    edge.activate("production", canary, copied)
    assert edge.live("production", canary) == copied != first


def test_what_is_not_stored_cannot_be_copied(edge: Edge) -> None:
    first = publish(edge, "shop", "1")
    for script, environment in (("shop", "staging"), ("blog", "production")):
        with pytest.raises(NotFound):
            edge.copy(first, script, environment, "preview", variables={}, secrets={})


@pytest.mark.parametrize(
    "refused",
    [
        {"secrets": {"VITE_KEY": "x"}},
        {"secrets": {"lower": "x"}},
        {"secrets": {"ASSETS": "x"}},
        {"modules": {"other.js": b""}},
    ],
)
def test_a_secret_or_module_that_cannot_be_is_refused(edge: Edge, refused: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        edge.upload(make_upload("shop", **refused))  # type: ignore[arg-type]


def test_environments_are_apart(edge: Edge) -> None:
    version_id = publish(edge, "shop", "1")
    assert edge.live("preview", "shop") is None
    with pytest.raises(NotFound):
        edge.activate("preview", "shop", version_id)


def test_an_earlier_version_can_be_activated_again(edge: Edge) -> None:
    first = publish(edge, "shop", "1")
    publish(edge, "shop", "2")
    edge.activate("production", "shop", first)
    assert edge.live("production", "shop") == first


@pytest.mark.parametrize("version_id", ["0" * 32, "", "../../etc/passwd"])
def test_a_version_that_is_not_stored_cannot_be_activated(edge: Edge, version_id: str) -> None:
    live = publish(edge, "shop", "1")
    with pytest.raises(NotFound, match="Publish it again"):
        edge.activate("production", "shop", version_id)
    assert edge.live("production", "shop") == live


def test_another_apps_version_cannot_be_activated(edge: Edge) -> None:
    version_id = publish(edge, "shop", "1")
    with pytest.raises(NotFound):
        edge.activate("production", "stall", version_id)


def test_a_removed_app_is_not_live_and_can_come_back(edge: Edge) -> None:
    version_id = publish(edge, "shop", "1")
    edge.remove("production", "shop")
    assert edge.live("production", "shop") is None
    edge.activate("production", "shop", version_id)
    assert edge.live("production", "shop") == version_id


def test_removing_what_is_not_there_does_nothing(edge: Edge) -> None:
    edge.remove("production", "shop")


def test_an_app_is_found_wherever_it_is_live_whatever_its_script_is_called(edge: Edge) -> None:
    for environment, script in (("production", "shop"), ("production", "shop--canary"), ("preview", "earlier-name")):
        upload = make_upload(script, environment=environment, app_id="id-shop")
        edge.activate(environment, script, edge.upload(upload))
    edge.activate("production", "other", edge.upload(make_upload("other")))
    places = [("preview", "earlier-name"), ("production", "shop"), ("production", "shop--canary")]
    assert sorted(edge.places_of("id-shop")) == places
    edge.remove("production", "shop")
    assert ("production", "shop") not in edge.places_of("id-shop")


def test_pruning_keeps_what_it_is_told_to_and_what_is_live(edge: Edge) -> None:
    first, second, third, fourth = (publish(edge, "shop", label) for label in "1234")
    assert edge.prune("production", "shop", keep=[second]) == 2
    edge.activate("production", "shop", second)
    edge.activate("production", "shop", fourth)
    for gone in (first, third):
        with pytest.raises(NotFound):
            edge.activate("production", "shop", gone)


def test_pruning_keeps_what_was_uploaded_after_the_live_version(edge: Edge) -> None:
    publish(edge, "shop", "1")
    on_its_way = edge.upload(make_upload("shop", "2"))
    assert edge.prune("production", "shop", keep=[]) == 0
    edge.activate("production", "shop", on_its_way)


def test_pruning_one_app_leaves_the_others_alone(edge: Edge) -> None:
    publish(edge, "shop", "1")
    other = edge.upload(make_upload("stall", "1"))
    assert edge.prune("production", "shop", keep=[]) == 0
    edge.activate("production", "stall", other)


@pytest.mark.parametrize("script", ["", "Shop", "a/b", "../shop", "-shop", "a" * 55])
def test_an_address_that_cannot_be_one_is_refused(edge: Edge, script: str) -> None:
    with pytest.raises(InvalidInput):
        edge.upload(make_upload(script))
    with pytest.raises(InvalidInput):
        edge.live("production", script)


def test_an_unknown_environment_is_refused(edge: Edge) -> None:
    with pytest.raises(InvalidInput, match="no environment"):
        edge.live("testing", "shop")


@pytest.mark.parametrize("name", ["SECRET_KEY", "APP_ID", "vite_x"])
def test_a_variable_that_is_not_public_is_refused(edge: Edge, name: str) -> None:
    with pytest.raises(InvalidInput, match="not public"):
        edge.upload(make_upload("shop", variables={name: "x"}))


def blobs(edge: EmbeddedEdge) -> set[str]:
    return {path.name for path in (edge.store.root / "blobs").rglob("*") if path.is_file()}


@pytest.fixture
def embedded(tmp_path: Path) -> EmbeddedEdge:
    return EmbeddedEdge(settings_for(tmp_path, 1), grace=0)


def test_pruning_deletes_the_files_that_nobody_uses_any_more(embedded: EmbeddedEdge) -> None:
    publish(embedded, "shop", "2")
    expected = blobs(embedded)
    embedded.remove("production", "shop")
    embedded.prune("production", "shop", keep=[])
    publish(embedded, "shop", "1")
    publish(embedded, "shop", "2")
    embedded.prune("production", "shop", keep=[])
    assert blobs(embedded) == expected


def test_pruning_keeps_files_that_another_app_uses(embedded: EmbeddedEdge) -> None:
    shared = make_upload("shop").assets
    embedded.upload(make_upload("stall", assets=shared))
    before = blobs(embedded)
    embedded.upload(make_upload("shop", assets=shared))
    embedded.prune("production", "shop", keep=[])
    assert blobs(embedded) == before


def test_a_pointer_always_has_the_same_size(embedded: EmbeddedEdge) -> None:
    publish(embedded, "shop", "1")
    pointer = embedded.store.root / "ns" / "overskill-local-production" / "shop.json"
    assert pointer.stat().st_size == 512
    publish(embedded, "shop", "a-longer-label")
    assert pointer.stat().st_size == 512


def test_uploads_at_the_same_time_are_all_whole(embedded: EmbeddedEdge) -> None:
    published: list[str] = []

    def work(number: int) -> None:
        published.append(publish(embedded, f"shop-{number % 2}", str(number)))
        embedded.prune("production", f"shop-{number % 2}", keep=[])

    threads = [threading.Thread(target=work, args=[number]) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for script in ("shop-0", "shop-1"):
        live = embedded.live("production", script)
        assert live in published
        manifest = embedded.store.version(str(live))
        assert manifest is not None
        assert {entry["hash"] for entry in manifest["assets"].values()} <= blobs(embedded)
    assert not list((embedded.store.root / "writing").iterdir())


def test_a_store_that_cannot_be_written_is_unavailable(embedded: EmbeddedEdge) -> None:
    version_id = publish(embedded, "shop", "1")
    (embedded.store.root / "writing").rmdir()
    (embedded.store.root / "writing").write_text("in the way")
    with pytest.raises(Unavailable, match="What was live still is"):
        publish(embedded, "shop", "2")
    assert embedded.live("production", "shop") == version_id


def test_an_edge_that_does_not_run_does_not_answer_a_ping(embedded: EmbeddedEdge) -> None:
    assert not embedded.ping()


def test_a_fake_edge_that_is_down_takes_nothing() -> None:
    edge = FakeEdge(is_down=True)
    assert not edge.ping()
    with pytest.raises(Unavailable):
        edge.upload(make_upload("shop"))


def test_a_fake_edge_tells_what_visitors_get() -> None:
    edge = FakeEdge()
    publish(edge, "shop", "7")
    served = edge.served("production", "shop")
    assert served is not None
    assert served.version == "7"


def with_secrets(home: Path) -> EmbeddedEdge:
    return EmbeddedEdge(settings_for(home, 1, OVERSKILL_SECRET_KEY="s" * 32))


def test_a_secret_is_not_in_the_store_and_does_not_change_an_unchanged_version(tmp_path: Path) -> None:
    edge = with_secrets(tmp_path)
    upload = make_upload("shop", secrets={"API_KEY": "sk-very-secret"})
    version_id = edge.upload(upload)
    stored = edge.store.version(version_id)
    assert stored is not None
    assert "sk-very-secret" not in str(stored)
    assert edge.upload(upload) == version_id
    assert edge.upload(make_upload("shop", secrets={"API_KEY": "sk-another"})) != version_id


def test_the_same_secret_of_two_apps_looks_different(tmp_path: Path) -> None:
    edge = with_secrets(tmp_path)
    sealed = []
    for script in ("shop", "blog"):
        stored = edge.store.version(edge.upload(make_upload(script, secrets={"API_KEY": "same"})))
        assert stored is not None
        sealed += [binding["sealed"] for binding in stored["bindings"] if binding["type"] == "secret_text"]
    assert len(set(sealed)) == 2


def test_without_a_key_a_secret_is_not_stored(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="OVERSKILL_SECRET_KEY"):
        EmbeddedEdge(settings_for(tmp_path, 1)).upload(make_upload("shop", secrets={"API_KEY": "x"}))


def test_a_version_that_visitors_may_still_be_loading_is_not_deleted_yet(tmp_path: Path) -> None:
    edge = EmbeddedEdge(settings_for(tmp_path, 1))
    first = publish(edge, "shop", "1")
    publish(edge, "shop", "2")
    assert edge.prune("production", "shop", keep=[]) == 1
    assert edge.store.version(first) is not None
    patient = EmbeddedEdge(settings_for(tmp_path, 1), grace=0)
    assert patient.prune("production", "blog", keep=[]) == 0
    assert edge.store.version(first) is None


def test_a_version_that_is_live_again_is_not_deleted_after_all(tmp_path: Path) -> None:
    edge = EmbeddedEdge(settings_for(tmp_path, 1))
    first = publish(edge, "shop", "1")
    publish(edge, "shop", "2")
    edge.prune("production", "shop", keep=[])
    edge.activate("production", "shop", first)
    EmbeddedEdge(settings_for(tmp_path, 1), grace=0).prune("production", "blog", keep=[])
    assert edge.store.version(first) is not None


def test_a_version_that_is_uploaded_again_is_not_deleted_after_all(tmp_path: Path) -> None:
    edge = EmbeddedEdge(settings_for(tmp_path, 1))
    first = publish(edge, "shop", "1")
    publish(edge, "shop", "2")
    edge.prune("production", "shop", keep=[])
    edge.upload(make_upload("shop", "1"))
    EmbeddedEdge(settings_for(tmp_path, 1), grace=0).prune("production", "blog", keep=[])
    assert edge.store.version(first) is not None
