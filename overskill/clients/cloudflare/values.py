"""Workers KV: small values under keys, read by workers everywhere."""

from dataclasses import dataclass
from urllib.parse import quote

from overskill.clients.cloudflare.transport import Call, CloudflareApi
from overskill.errors import NotFound

_PAGE = 100


def ensure_value_store(api: CloudflareApi, title: str) -> tuple[str, bool]:
    """Its id, and whether it had to be created."""
    found = find_value_store(api, title)
    if found:
        return found, False
    created = api.result(Call("POST", _base(api), json={"title": title}))
    return str(created["id"]), True


def find_value_store(api: CloudflareApi, title: str) -> str:
    """Its id; "" if there is none."""
    page = 1
    while True:
        found = api.result(Call("GET", _base(api), params={"page": str(page), "per_page": str(_PAGE)})) or []
        for entry in found:
            if entry.get("title") == title:
                return str(entry["id"])
        if len(found) < _PAGE:
            return ""
        page += 1


def _base(api: CloudflareApi) -> str:
    return f"{api.of_account}/storage/kv/namespaces"


@dataclass(frozen=True)
class ValueStore:
    api: CloudflareApi
    id: str

    def put(self, key: str, value: str) -> None:
        files = [("value", (None, value.encode(), "text/plain")), ("metadata", (None, b"{}", "application/json"))]
        self.api.response(Call("PUT", self._path(key), files=files))

    def get(self, key: str) -> str | None:
        try:
            return self.api.response(Call("GET", self._path(key))).text
        except NotFound:
            return None

    def delete(self, key: str) -> None:
        """Deleting what is not there is no error."""
        try:
            self.api.response(Call("DELETE", self._path(key)))
        except NotFound:
            return

    def _path(self, key: str) -> str:
        return f"{_base(self.api)}/{self.id}/values/{quote(key, safe='')}"
