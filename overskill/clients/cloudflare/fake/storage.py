"""KV, R2 buckets, D1, figures, and what the token is."""

import re
from typing import Any

import httpx

from overskill.clients.cloudflare.fake.account import CountedPoint, FakeAccount, Refused
from overskill.clients.cloudflare.fake.asked import Asked, route


def _list_values(account: FakeAccount, asked: Asked) -> object:
    page, size = int(asked.query.get("page", "1")), int(asked.query.get("per_page", "20"))
    found = [{"id": name, "title": title} for name, title in account.value_titles.items()]
    return found[(page - 1) * size : page * size]


def _create_values(account: FakeAccount, asked: Asked) -> object:
    title = asked.json["title"]
    if title in account.value_titles.values():
        raise Refused(400, 10014, "a namespace with this account ID and title already exists")
    name = account.new_id()
    account.value_titles[name] = title
    account.values[name] = {}
    return {"id": name, "title": title}


def _store(account: FakeAccount, asked: Asked) -> dict[str, str]:
    if asked["store"] not in account.values:
        raise Refused(404, 10013, "get: namespace not found")
    return account.values[asked["store"]]


def _get_value(account: FakeAccount, asked: Asked) -> object:
    store = _store(account, asked)
    if asked["key"] not in store:
        raise Refused(404, 10009, "get: 'key not found'")
    return httpx.Response(200, text=store[asked["key"]])


def _put_value(account: FakeAccount, asked: Asked) -> None:
    _store(account, asked)[asked["key"]] = asked.parts()["value"].content.decode()


def _delete_value(account: FakeAccount, asked: Asked) -> None:
    _store(account, asked).pop(asked["key"], None)


def _get_bucket(account: FakeAccount, asked: Asked) -> object:
    if asked["bucket"] not in account.buckets:
        raise Refused(404, 10006, "The specified bucket does not exist.")
    return {"name": asked["bucket"]}


def _list_buckets(account: FakeAccount, _: Asked) -> object:
    return {"buckets": [{"name": name} for name in account.buckets]}


def _create_bucket(account: FakeAccount, asked: Asked) -> object:
    name = asked.json["name"]
    if name in account.buckets:
        raise Refused(409, 10004, "The bucket you tried to create already exists, and you own it.")
    account.buckets.append(name)
    return {"name": name}


def _list_databases(account: FakeAccount, asked: Asked) -> object:
    wanted = asked.query.get("name", "")
    return [{"uuid": key, "name": name} for key, name in account.databases.items() if wanted in name]


def _create_database(account: FakeAccount, asked: Asked) -> object:
    name = asked.json["name"]
    if name in account.databases.values():
        raise Refused(400, 7502, "A database with that name already exists")
    key = account.new_id()
    account.databases[key] = name
    return {"uuid": key, "name": name}


def _delete_database(account: FakeAccount, asked: Asked) -> None:
    if account.databases.pop(asked["database"], None) is None:
        raise Refused(404, 7404, "The database could not be found")


def _query(account: FakeAccount, asked: Asked) -> object:
    if asked["database"] not in account.databases:
        raise Refused(404, 7404, "The database could not be found")
    account.queries.append(asked.json)
    return [{"results": [{"1": 1}], "success": True, "meta": {}}]


def _counted(account: FakeAccount, asked: Asked) -> object:
    """Sums by script, environment and variant, of what the statement's conditions leave."""
    sql = asked.request.content.decode()
    if "FORMAT JSON" not in sql or not re.search(r"FROM overskill_\w+_usage\b", sql):
        raise Refused(422, 10001, "unknown table")
    conditions = {name: re.search(pattern, sql) for name, pattern in _CONDITIONS.items()}
    sums: dict[tuple[str, str, str], dict[str, Any]] = {}
    for point in account.counted:
        place = (point.script, point.environment, point.variant)
        if not _meets(point, {name: match[1] for name, match in conditions.items() if match}):
            continue
        row = sums.setdefault(place, dict(zip(("script", "environment", "variant"), place, strict=True)))
        for name in ("requests", "errors", "milliseconds", "bytes"):
            row[name] = row.get(name, 0) + getattr(point, name)
    rows = list(sums.values())
    return httpx.Response(200, json={"meta": [], "data": rows, "rows": len(rows)})


_CONDITIONS = {
    "script": r"index1 = '([^']*)'",
    "environment": r"blob1 = '([^']*)'",
    "since": r"timestamp >= toDateTime\((\d+)\)",
    "until": r"timestamp < toDateTime\((\d+)\)",
}


def _meets(point: CountedPoint, conditions: dict[str, str]) -> bool:
    at = point.at.timestamp()
    return (
        point.script == conditions.get("script", point.script)
        and point.environment == conditions.get("environment", point.environment)
        and at >= int(conditions.get("since", 0))
        and at < float(conditions.get("until", at + 1))
    )


def _graphql(account: FakeAccount, _: Asked) -> object:
    group = {
        "sum": {"requests": 12, "errors": 1, "subrequests": 3},
        "quantiles": {"cpuTimeP50": 400.0, "cpuTimeP99": 2100.0},
        "dimensions": {"scriptName": "shop", "status": "success"},
    }
    accounts = [{"workersInvocationsAdaptive": [group]}] if account.namespaces else []
    return httpx.Response(200, json={"data": {"viewer": {"accounts": accounts}}, "errors": None})


def _verify(_: FakeAccount, __: Asked) -> object:
    return {"id": "f" * 32, "status": "active"}


_VALUES = "/accounts/{account}/storage/kv/namespaces"
_VALUE = f"{_VALUES}/{{store}}/values/{{key}}"
_DATABASES = "/accounts/{account}/d1/database"

STORAGE = (
    route("GET", _VALUES, _list_values),
    route("POST", _VALUES, _create_values),
    route("GET", _VALUE, _get_value),
    route("PUT", _VALUE, _put_value),
    route("DELETE", _VALUE, _delete_value),
    route("GET", "/accounts/{account}/r2/buckets/{bucket}", _get_bucket),
    route("GET", "/accounts/{account}/r2/buckets", _list_buckets),
    route("POST", "/accounts/{account}/r2/buckets", _create_bucket),
    route("GET", _DATABASES, _list_databases),
    route("POST", _DATABASES, _create_database),
    route("DELETE", f"{_DATABASES}/{{database}}", _delete_database),
    route("POST", f"{_DATABASES}/{{database}}/query", _query),
    route("POST", "/accounts/{account}/analytics_engine/sql", _counted),
    route("POST", "/graphql", _graphql),
    route("GET", "/accounts/{account}/tokens/verify", _verify),
    route("GET", "/user/tokens/verify", _verify),
)
