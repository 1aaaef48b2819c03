"""Each call, against the fake and the description of the API."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from overskill.clients.cloudflare.analytics import counted_rows, invocations
from overskill.clients.cloudflare.assets import AssetContent, asset_hash, upload_assets
from overskill.clients.cloudflare.buckets import ensure_bucket
from overskill.clients.cloudflare.budget import ProcessCallBudget
from overskill.clients.cloudflare.databases import (
    database_binding,
    delete_database,
    ensure_database,
    query_database,
)
from overskill.clients.cloudflare.fake.account import ACCOUNT_ID, TOKEN
from overskill.clients.cloudflare.fake.transport import Kind
from overskill.clients.cloudflare.hostnames import (
    check_hostname_again,
    create_hostname,
    delete_hostname,
    ensure_fallback_origin,
    find_hostname,
    hostname_status,
)
from overskill.clients.cloudflare.namespaces import delete_namespace, ensure_namespace, list_namespaces
from overskill.clients.cloudflare.purging import purge_files, purge_hosts
from overskill.clients.cloudflare.rights import RIGHTS, Right, check_token
from overskill.clients.cloudflare.routing import ensure_record, ensure_route
from overskill.clients.cloudflare.scripts import (
    Module,
    ScriptUpload,
    delete_script,
    path_of,
    put_script,
    put_tags,
    script_details,
    script_tags,
)
from overskill.clients.cloudflare.secrets import delete_secret, put_secret, put_secrets, secret_names
from overskill.clients.cloudflare.served import Stored
from overskill.clients.cloudflare.transport import Account, Call, CloudflareApi
from overskill.clients.cloudflare.values import ValueStore, ensure_value_store
from overskill.errors import Conflict, InvalidInput, LimitReached, NotAllowed, NotFound, OverskillError, Unavailable
from tests.support_cloudflare import NAMESPACE, Cloudflare, cloudflare_settings

WORKER = {"worker.js": Module(b"export default {}")}


def script(**more: object) -> ScriptUpload:
    facts: dict[str, object] = {
        "main_module": "worker.js",
        "modules": WORKER,
        "compatibility_date": "2026-10-20",
        **more,
    }
    return ScriptUpload(**facts)  # type: ignore[arg-type]


def put(cloudflare: Cloudflare, **more: object) -> None:
    put_script(cloudflare.api, path_of(cloudflare.api, NAMESPACE, "shop"), script(**more))


def test_a_namespace_is_made_once(cloudflare: Cloudflare) -> None:
    assert ensure_namespace(cloudflare.api, "overskill-two-production")
    assert not ensure_namespace(cloudflare.api, "overskill-two-production")
    assert "overskill-two-production" in list_namespaces(cloudflare.api)
    delete_namespace(cloudflare.api, "overskill-two-production")
    assert "overskill-two-production" not in list_namespaces(cloudflare.api)


def test_a_script_has_its_bindings_tags_and_limits(cloudflare: Cloudflare) -> None:
    bindings = [
        {"type": "assets", "name": "ASSETS"},
        {"type": "plain_text", "name": "APP_ID", "text": "1"},
        {"type": "secret_text", "name": "KEY", "text": "s3cret"},
        {"type": "json", "name": "FACTS", "json": {"a": 1}},
        {"type": "r2_bucket", "name": "FILES", "bucket_name": "files"},
        {"type": "analytics_engine", "name": "USAGE", "dataset": "usage"},
        database_binding("DB", "0" * 32),
    ]
    put(cloudflare, bindings=bindings, tags=["app:1"], limits={"cpu_ms": 50, "subrequests": 20})
    served = cloudflare.account.script(NAMESPACE, "shop")
    assert served.metadata["bindings"] == bindings
    assert served.metadata["limits"] == {"cpu_ms": 50, "subrequests": 20}
    assert served.modules == {"worker.js": b"export default {}"}
    assert script_tags(cloudflare.api, NAMESPACE, "shop") == ["app:1"]
    details = script_details(cloudflare.api, NAMESPACE, "shop")
    assert details is not None
    assert details["dispatch_namespace"] == NAMESPACE


def test_a_script_has_the_parts_that_wrangler_sends() -> None:
    """Recorded from wrangler 4.164: the metadata first, then each module under its name, with the name of a file."""
    sent: list[bytes] = []

    def keep(request: httpx.Request) -> httpx.Response:
        sent.append(request.read())
        return httpx.Response(200, json={"success": True, "errors": [], "messages": [], "result": {}})

    api = CloudflareApi(Account("a", "t"), ProcessCallBudget(), transport=httpx.MockTransport(keep))
    put_script(api, "/script", script(modules={**WORKER, "facts.json": Module(b"{}", "json")}))
    heads = [part.partition(b"\r\n\r\n")[0].decode() for part in sent[0].split(b"\r\n--")]
    assert 'form-data; name="metadata"' in heads[0]
    assert 'form-data; name="worker.js"; filename="worker.js"' in heads[1]
    assert "Content-Type: application/javascript+module" in heads[1]
    assert 'form-data; name="facts.json"; filename="facts.json"' in heads[2]


def test_a_bucket_has_the_parts_that_wrangler_sends(cloudflare: Cloudflare) -> None:
    sent: list[bytes] = []
    inner = cloudflare.contract.handle_request

    def keep(request: httpx.Request) -> httpx.Response:
        sent.append(request.read())
        return inner(request)

    account = Account(ACCOUNT_ID, TOKEN)
    api = CloudflareApi(account, ProcessCallBudget(), transport=httpx.MockTransport(keep))
    page = AssetContent(b"<h1>hi</h1>\n", "text/html; charset=utf-8")
    name = asset_hash(page.content, page.content_type)
    upload_assets(api, NAMESPACE, "shop", {"/index.html": Stored(name, len(page.content))}, lambda _: page)
    _, head = sent[1].split(b"\r\n", 1)
    assert head.startswith(
        f'Content-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
        "Content-Type: text/html; charset=utf-8\r\n\r\nPGgxPmhpPC9oMT4K\r\n".encode()
    )


def test_tags_can_be_replaced_and_are_eight_at_most(cloudflare: Cloudflare) -> None:
    put(cloudflare)
    put_tags(cloudflare.api, NAMESPACE, "shop", ["a", "b"])
    assert script_tags(cloudflare.api, NAMESPACE, "shop") == ["a", "b"]
    with pytest.raises(InvalidInput, match="8 tags"):
        put_tags(cloudflare.api, NAMESPACE, "shop", list("123456789"))


def test_a_script_that_is_not_there_has_no_details_and_can_be_deleted(cloudflare: Cloudflare) -> None:
    assert script_details(cloudflare.api, NAMESPACE, "shop") is None
    assert script_tags(cloudflare.api, NAMESPACE, "shop") is None
    delete_script(cloudflare.api, NAMESPACE, "shop")


def test_code_that_is_too_large_is_refused_before_it_is_sent(cloudflare: Cloudflare) -> None:
    with pytest.raises(LimitReached, match=r"4\.0 MB"):
        put(cloudflare, modules={"worker.js": Module(bytes(4 * 1024 * 1024))})
    assert cloudflare.fake.asked == []


def test_secrets_are_set_one_by_one_or_all_at_once(cloudflare: Cloudflare) -> None:
    put(cloudflare)
    put_secret(cloudflare.api, NAMESPACE, "shop", "ONE", "1")
    put_secrets(cloudflare.api, NAMESPACE, "shop", {"TWO": "2", "THREE": "3", "ONE": None})
    assert secret_names(cloudflare.api, NAMESPACE, "shop") == ["THREE", "TWO"]
    delete_secret(cloudflare.api, NAMESPACE, "shop", "TWO")
    delete_secret(cloudflare.api, NAMESPACE, "shop", "TWO")
    assert cloudflare.account.script(NAMESPACE, "shop").secrets == {"THREE": "3"}


def test_secrets_are_kept_when_a_script_says_so(cloudflare: Cloudflare) -> None:
    put(cloudflare)
    put_secret(cloudflare.api, NAMESPACE, "shop", "ONE", "1")
    put(cloudflare, keep_bindings=["secret_text"])
    assert secret_names(cloudflare.api, NAMESPACE, "shop") == ["ONE"]
    put(cloudflare)
    assert secret_names(cloudflare.api, NAMESPACE, "shop") == []


def test_a_domain_goes_from_its_records_to_a_certificate(cloudflare: Cloudflare) -> None:
    made = create_hostname(cloudflare.api, "www.example.com")
    assert (made.status, made.certificate, made.is_active) == ("pending", "pending_validation", False)
    assert [(record.type, record.name) for record in made.records] == [
        ("TXT", "_cf-custom-hostname.www.example.com"),
        ("TXT", "_acme-challenge.www.example.com"),
    ]
    cloudflare.account.hostname_is_proven("www.example.com")
    active = check_hostname_again(cloudflare.api, made.id)
    assert active.is_active
    assert active.records == ()
    assert hostname_status(cloudflare.api, made.id) == active


def test_a_domain_is_connected_once_and_can_be_removed_twice(cloudflare: Cloudflare) -> None:
    made = create_hostname(cloudflare.api, "www.example.com")
    assert create_hostname(cloudflare.api, "www.example.com") == made
    assert find_hostname(cloudflare.api, "example.com") is None
    delete_hostname(cloudflare.api, made.id)
    delete_hostname(cloudflare.api, made.id)
    assert cloudflare.account.hostnames == {}
    with pytest.raises(NotFound):
        hostname_status(cloudflare.api, made.id)


def test_the_fallback_origin_is_set_once(cloudflare: Cloudflare) -> None:
    assert ensure_fallback_origin(cloudflare.api, "apps.example.com")
    assert not ensure_fallback_origin(cloudflare.api, "apps.example.com")


def test_caches_forget_thirty_names_at_a_time(cloudflare: Cloudflare) -> None:
    purge_hosts(cloudflare.api, [f"a{number}.example.com" for number in range(40)])
    purge_files(cloudflare.api, ["https://a.example.com/x"])
    assert [len(next(iter(purged.values()))) for purged in cloudflare.account.purged] == [30, 10, 1]


def test_routes_and_records_are_made_once(cloudflare: Cloudflare) -> None:
    assert ensure_route(cloudflare.api, "*.example.com/*", "dispatch")
    assert not ensure_route(cloudflare.api, "*.example.com/*", "dispatch")
    assert ensure_route(cloudflare.api, "*.example.com/*", "other")
    assert [route["script"] for route in cloudflare.account.routes.values()] == ["other"]
    assert ensure_record(cloudflare.api, "*.example.com")
    assert not ensure_record(cloudflare.api, "*.example.com")


def test_values_are_put_read_and_deleted(cloudflare: Cloudflare) -> None:
    store_id, is_fresh = ensure_value_store(cloudflare.api, "routes")
    assert is_fresh
    assert ensure_value_store(cloudflare.api, "routes") == (store_id, False)
    store = ValueStore(cloudflare.api, store_id)
    assert store.get("app/production/shop") is None
    store.put("app/production/shop", '{"maintenance":"Zurück um 5"}')
    assert store.get("app/production/shop") == '{"maintenance":"Zurück um 5"}'
    store.delete("app/production/shop")
    store.delete("app/production/shop")
    assert cloudflare.account.values[store_id] == {}


def test_a_value_store_is_found_on_a_later_page(cloudflare: Cloudflare) -> None:
    cloudflare.account.value_titles = {f"{number:032x}": f"other-{number}" for number in range(150)}
    store_id, _ = ensure_value_store(cloudflare.api, "routes")
    assert ensure_value_store(cloudflare.api, "routes") == (store_id, False)


def test_a_bucket_is_made_once(cloudflare: Cloudflare) -> None:
    assert ensure_bucket(cloudflare.api, "files")
    assert not ensure_bucket(cloudflare.api, "files")


def test_a_database_is_made_asked_and_deleted(cloudflare: Cloudflare) -> None:
    database_id, is_fresh = ensure_database(cloudflare.api, "shop")
    assert is_fresh
    assert ensure_database(cloudflare.api, "shop") == (database_id, False)
    assert query_database(cloudflare.api, database_id, "select ?", ["1"]) == [{"1": 1}]
    assert cloudflare.account.queries == [{"sql": "select ?", "params": ["1"]}]
    delete_database(cloudflare.api, database_id)
    delete_database(cloudflare.api, database_id)
    with pytest.raises(NotFound):
        query_database(cloudflare.api, database_id, "select 1")


def test_figures_are_read(cloudflare: Cloudflare) -> None:
    assert counted_rows(cloudflare.api, "SELECT 1 FROM overskill_local_usage") == []
    until = datetime(2026, 11, 21, tzinfo=UTC)
    seen = invocations(cloudflare.api, NAMESPACE, "shop", until - timedelta(hours=1), until)
    assert (seen.requests, seen.errors, seen.cpu_p99_microseconds) == (12, 1, 2100.0)


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        ("rate", LimitReached, "asks for a pause"),
        ("token", NotAllowed, "CLOUDFLARE_API_TOKEN"),
        ("rights", NotAllowed, r"\./run doctor"),
        ("ill", Unavailable, "problem of its own"),
        ("timeout", Unavailable, "did not answer"),
        ("unreachable", Unavailable, "can't be reached"),
    ],
)
def test_figures_that_are_refused_say_why(
    cloudflare: Cloudflare, fault: Kind, kind: type[OverskillError], words: str
) -> None:
    cloudflare.fake.fail("/analytics_engine/sql", fault)
    cloudflare.fake.fail("/graphql", fault)
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    with pytest.raises(kind, match=words):
        counted_rows(cloudflare.api, "SELECT 1 FROM overskill_local_usage")
    with pytest.raises(kind, match=words):
        invocations(cloudflare.api, NAMESPACE, "shop", moment, moment)


def test_figures_that_make_no_sense_are_unavailable(cloudflare: Cloudflare) -> None:
    cloudflare.account.namespaces = {}
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    with pytest.raises(Unavailable, match="figures"):
        invocations(cloudflare.api, NAMESPACE, "shop", moment, moment)


def test_a_token_that_may_do_everything_is_enough(cloudflare: Cloudflare) -> None:
    assert check_token(cloudflare.api, cloudflare_settings()).is_enough


def test_a_token_that_is_not_accepted_is_told(cloudflare: Cloudflare) -> None:
    assert not check_token(cloudflare.client(token="another"), cloudflare_settings()).is_accepted


def test_each_right_that_lacks_is_named(cloudflare: Cloudflare) -> None:
    cloudflare.fake.fail("/workers/routes", "rights")
    cloudflare.fake.fail("/custom_hostnames", "rights")
    missing = [right.name for right in check_token(cloudflare.api, cloudflare_settings()).missing]
    assert missing == ["Zone · Workers Routes · Edit", "Zone · SSL and Certificates · Edit"]


@pytest.mark.parametrize("right", [right for right in RIGHTS if not right.is_wanted(cloudflare_settings())])
def test_rights_of_what_is_not_used_are_not_asked_for(cloudflare: Cloudflare, right: Right) -> None:
    cloudflare.fake.fail(right.call(cloudflare.api).path, "rights")
    assert check_token(cloudflare.api, cloudflare_settings()).is_enough
    used = cloudflare_settings(
        CLOUDFLARE_DATABASES="on", S3_BUCKET="files", S3_ENDPOINT="https://a.r2.cloudflarestorage.com"
    )
    assert check_token(cloudflare.api, used).missing == (right,)


def test_without_a_zone_only_rights_of_the_account_count(cloudflare: Cloudflare) -> None:
    cloudflare.fake.fail("/zones/", "rights")
    assert check_token(cloudflare.client(zone_id=""), cloudflare_settings()).is_enough
    assert len(check_token(cloudflare.api, cloudflare_settings()).missing) == sum(right.is_of_zone for right in RIGHTS)


def test_what_is_there_already_is_a_conflict(cloudflare: Cloudflare) -> None:
    cloudflare.account.buckets.append("files")
    with pytest.raises(Conflict):
        cloudflare.api.result(Call("POST", f"{cloudflare.api.of_account}/r2/buckets", json={"name": "files"}))
