"""The zone: custom hostnames, caches, routes, records."""

import httpx

from overskill.clients.cloudflare.fake.account import FakeAccount, Refused
from overskill.clients.cloudflare.fake.asked import Asked, route

_PURGES = frozenset({"files", "tags", "hosts", "prefixes", "purge_everything"})


def _list_hostnames(account: FakeAccount, asked: Asked) -> object:
    wanted = asked.query.get("hostname", "")
    return [entry for entry in account.hostnames.values() if wanted in entry["hostname"]]


def _create_hostname(account: FakeAccount, asked: Asked) -> object:
    hostname = asked.json["hostname"]
    if any(entry["hostname"] == hostname for entry in account.hostnames.values()):
        raise Refused(409, 1406, "Duplicate custom hostname found.")
    name = account.new_id()
    proof = {"txt_name": f"_acme-challenge.{hostname}", "txt_value": "810b7d5f01154524b961ba0cd578acc2"}
    account.hostnames[name] = {
        "id": name,
        "hostname": hostname,
        "status": "pending",
        "ownership_verification": {
            "type": "txt",
            "name": f"_cf-custom-hostname.{hostname}",
            "value": "5cc07c04-ea62-4a5a-95f0-419334a875a4",
        },
        "ssl": {
            "id": account.new_id(),
            "method": "txt",
            "type": "dv",
            "status": "pending_validation",
            "validation_records": [proof],
        },
    }
    return account.hostnames[name]


def _hostname(account: FakeAccount, asked: Asked) -> object:
    if asked["hostname"] not in account.hostnames:
        raise Refused(404, 1436, "The custom hostname was not found.")
    return account.hostnames[asked["hostname"]]


def _delete_hostname(account: FakeAccount, asked: Asked) -> object:
    _hostname(account, asked)
    del account.hostnames[asked["hostname"]]
    return httpx.Response(200, json={"id": asked["hostname"]})


def _get_origin(account: FakeAccount, _: Asked) -> object:
    if not account.fallback_origin:
        raise Refused(404, 1551, "Resource not found.")
    return {"origin": account.fallback_origin, "status": "active"}


def _put_origin(account: FakeAccount, asked: Asked) -> object:
    account.fallback_origin = asked.json["origin"]
    return {"origin": account.fallback_origin, "status": "initializing"}


def _purge(account: FakeAccount, asked: Asked) -> object:
    if len(asked.json) != 1 or not asked.json.keys() <= _PURGES:
        raise Refused(400, 1012, "Request must contain one of purge_everything, files, tags, hosts or prefixes")
    account.purged.append(asked.json)
    return {"id": account.new_id()}


def _list_routes(account: FakeAccount, _: Asked) -> object:
    return list(account.routes.values())


def _create_route(account: FakeAccount, asked: Asked) -> object:
    pattern = asked.json["pattern"]
    if any(found["pattern"] == pattern for found in account.routes.values()):
        raise Refused(409, 10020, "A route with the same pattern already exists")
    name = account.new_id()
    account.routes[name] = {"id": name, "pattern": pattern, "script": asked.json["script"]}
    return account.routes[name]


def _put_route(account: FakeAccount, asked: Asked) -> object:
    account.routes[asked["route"]] = {"id": asked["route"], **asked.json}
    return account.routes[asked["route"]]


def _list_records(account: FakeAccount, asked: Asked) -> object:
    return [record for record in account.records if record["name"] == asked.query.get("name", record["name"])]


def _create_record(account: FakeAccount, asked: Asked) -> object:
    moment = "2026-11-21T00:00:00Z"
    record = {"id": account.new_id(), "created_on": moment, "modified_on": moment, "meta": {}, "proxiable": True}
    account.records.append({**asked.json, **record, "comment": "", "settings": {}, "tags": []})
    return account.records[-1]


_HOSTNAMES = "/zones/{zone}/custom_hostnames"

ZONE = (
    route("GET", f"{_HOSTNAMES}/fallback_origin", _get_origin),
    route("PUT", f"{_HOSTNAMES}/fallback_origin", _put_origin),
    route("GET", _HOSTNAMES, _list_hostnames),
    route("POST", _HOSTNAMES, _create_hostname),
    route("GET", f"{_HOSTNAMES}/{{hostname}}", _hostname),
    route("PATCH", f"{_HOSTNAMES}/{{hostname}}", _hostname),
    route("DELETE", f"{_HOSTNAMES}/{{hostname}}", _delete_hostname),
    route("POST", "/zones/{zone}/purge_cache", _purge),
    route("GET", "/zones/{zone}/workers/routes", _list_routes),
    route("POST", "/zones/{zone}/workers/routes", _create_route),
    route("PUT", "/zones/{zone}/workers/routes/{route}", _put_route),
    route("GET", "/zones/{zone}/dns_records", _list_records),
    route("POST", "/zones/{zone}/dns_records", _create_record),
)
