"""Creators' own hosts at Cloudflare: accepted for the zone, with a certificate that Cloudflare issues and renews."""

from overskill.clients.cloudflare.hostnames import (
    CustomHostname,
    create_hostname,
    delete_hostname,
    find_hostname,
    hostname_status,
)
from overskill.clients.cloudflare.transport import CloudflareApi
from overskill.clients.custom_hosts import Certificate, CertificateState
from overskill.errors import NotFound

_FAILED = frozenset({"validation_timed_out", "issuance_timed_out", "deployment_timed_out", "expired", "deleted"})


class CloudflareHosts:
    def __init__(self, api: CloudflareApi) -> None:
        self._api = api

    def add(self, host: str) -> str:
        return create_hostname(self._api, host).id

    def certificate(self, host: str, external_id: str) -> Certificate:
        try:
            found = hostname_status(self._api, external_id) if external_id else find_hostname(self._api, host)
        except NotFound:
            found = None
        if found is None:
            return Certificate(CertificateState.MISSING, "Cloudflare does not know this domain. Check it again.")
        return Certificate(_state(found), _detail(found))

    def remove(self, host: str, external_id: str) -> None:
        if not external_id:
            found = find_hostname(self._api, host)
            external_id = found.id if found else ""
        if external_id:
            delete_hostname(self._api, external_id)


def _state(hostname: CustomHostname) -> CertificateState:
    if hostname.is_active:
        return CertificateState.ACTIVE
    if hostname.certificate in _FAILED or hostname.status in ("blocked", "moved"):
        return CertificateState.FAILED
    return CertificateState.ISSUING


def _detail(hostname: CustomHostname) -> str:
    """What Cloudflare complains about; else which record it waits for."""
    if hostname.is_active:
        return ""
    if hostname.problems:
        return f"Cloudflare says: {hostname.problems[0].rstrip('.')}."
    if hostname.certificate in _FAILED:
        return "Cloudflare waited too long for the records. Check them, remove the domain and add it again."
    waiting = " and ".join(f"{record.type} {record.name} = {record.value}" for record in hostname.records)
    return f"Set this as well, so that a certificate is issued: {waiting}." if waiting else ""
