"""D1: a database of an app's own, bound to its script."""

from collections.abc import Sequence
from typing import Any

from overskill.clients.cloudflare.transport import Call, CloudflareApi
from overskill.errors import Conflict, InvalidInput, NotFound


def ensure_database(api: CloudflareApi, name: str) -> tuple[str, bool]:
    """Its id, and whether it had to be created."""
    found = find_database(api, name)
    if found:
        return found, False
    try:
        created = api.result(Call("POST", _base(api), json={"name": name}))
    except Conflict:
        return find_database(api, name), False
    return str(created["uuid"]), True


def find_database(api: CloudflareApi, name: str) -> str:
    """Its id; "" if there is none."""
    found = api.result(Call("GET", _base(api), params={"name": name})) or []
    return next((str(entry["uuid"]) for entry in found if entry.get("name") == name), "")


def query_database(
    api: CloudflareApi, database_id: str, sql: str, params: Sequence[str] = (), *, only_reads: bool = False
) -> list[dict[str, Any]]:
    """The rows of the last statement. Repeated after a failure only if it says that it only reads."""
    call = Call(
        "POST",
        f"{_base(api)}/{database_id}/query",
        json={"sql": sql, "params": list(params)},
        repeatable=only_reads,
    )
    results = api.result(call) or []
    if results and results[-1].get("success") is False:
        raise InvalidInput("The database refused this statement. Check it and try again.")
    return list(results[-1].get("results") or []) if results else []


def delete_database(api: CloudflareApi, database_id: str) -> None:
    """With all that is in it. Deleting what is not there is no error."""
    try:
        api.result(Call("DELETE", f"{_base(api)}/{database_id}"))
    except NotFound:
        return


def database_binding(name: str, database_id: str) -> dict[str, str]:
    """`id` is what wrangler sends, `database_id` what the API's description asks for: the same."""
    return {"type": "d1", "name": name, "id": database_id, "database_id": database_id}


def _base(api: CloudflareApi) -> str:
    return f"{api.of_account}/d1/database"
