"""Custom hostnames: a creator's own domain, its certificate, and the records that prove it is theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from overskill.clients.cloudflare.transport import Call, CloudflareApi
from overskill.errors import Conflict, NotFound


@dataclass(frozen=True, slots=True)
class DnsRecord:
    type: str  # "TXT", "CNAME"
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class CustomHostname:
    id: str
    hostname: str
    status: str  # "pending", "active", "moved", "blocked", "deleted" …
    certificate: str  # "initializing", "pending_validation", "pending_issuance", "active", "validation_timed_out" …
    records: tuple[DnsRecord, ...]  # that its owner still has to set
    problems: tuple[str, ...]  # in Cloudflare's words

    @property
    def is_active(self) -> bool:
        return self.status == "active" and self.certificate == "active"


def create_hostname(api: CloudflareApi, hostname: str) -> CustomHostname:
    """The one that is there, if it is there already: asking twice is no error."""
    wanted = {"hostname": hostname, "ssl": {"method": "txt", "type": "dv", "settings": {"min_tls_version": "1.2"}}}
    try:
        return _read(api.result(Call("POST", _path(api), json=wanted)))
    except Conflict:
        found = find_hostname(api, hostname)
        if found is None:
            raise
        return found


def find_hostname(api: CloudflareApi, hostname: str) -> CustomHostname | None:
    found = api.result(Call("GET", _path(api), params={"hostname": hostname})) or []
    return next((_read(entry) for entry in found if entry.get("hostname") == hostname), None)


def hostname_status(api: CloudflareApi, hostname_id: str) -> CustomHostname:
    return _read(api.result(Call("GET", _path(api, hostname_id), background=True)))


def check_hostname_again(api: CloudflareApi, hostname_id: str) -> CustomHostname:
    """Cloudflare looks at the records anew; otherwise it waits longer and longer."""
    ssl = {"method": "txt", "type": "dv"}
    return _read(api.result(Call("PATCH", _path(api, hostname_id), json={"ssl": ssl}, repeatable=True)))


def delete_hostname(api: CloudflareApi, hostname_id: str) -> None:
    """With its certificate. Deleting what is not there is no error."""
    try:
        api.response(Call("DELETE", _path(api, hostname_id)))
    except NotFound:
        return


def ensure_fallback_origin(api: CloudflareApi, origin: str) -> bool:
    """Where requests to custom hostnames go, when no worker takes them. Whether it had to be set."""
    path = f"{_path(api)}/fallback_origin"
    try:
        found = api.result(Call("GET", path)) or {}
    except NotFound:
        found = {}
    if found.get("origin") == origin:
        return False
    api.result(Call("PUT", path, json={"origin": origin}))
    return True


def _path(api: CloudflareApi, hostname_id: str = "") -> str:
    base = f"{api.of_zone}/custom_hostnames"
    return f"{base}/{quote(hostname_id, safe='')}" if hostname_id else base


def _read(entry: Mapping[str, Any]) -> CustomHostname:
    ssl = entry.get("ssl") or {}
    problems = [str(text) for text in entry.get("verification_errors") or []]
    problems += [str(error.get("message")) for error in ssl.get("validation_errors") or [] if error.get("message")]
    return CustomHostname(
        id=str(entry.get("id")),
        hostname=str(entry.get("hostname")),
        status=str(entry.get("status") or "pending"),
        certificate=str(ssl.get("status") or "initializing"),
        records=tuple(_records(entry, ssl)),
        problems=tuple(problems),
    )


def _records(entry: Mapping[str, Any], ssl: Mapping[str, Any]) -> list[DnsRecord]:
    records = []
    owner = entry.get("ownership_verification") or {}
    if owner.get("name") and owner.get("value") and entry.get("status") != "active":
        records.append(DnsRecord(str(owner.get("type") or "txt").upper(), str(owner["name"]), str(owner["value"])))
    if ssl.get("status") != "active":
        proofs = ssl.get("validation_records") or [ssl]
        records += [
            DnsRecord("TXT", str(proof["txt_name"]), str(proof["txt_value"]))
            for proof in proofs
            if proof.get("txt_name") and proof.get("txt_value")
        ]
    return records
