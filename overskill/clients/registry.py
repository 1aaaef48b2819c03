"""What an npm registry says of packages: their versions, and which are known to be unsafe."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import quote

import httpx

from overskill.errors import Unavailable

ANSWER_SECONDS = 15.0
_LARGEST_LISTING = 64 * 1024 * 1024
_SILENT = "The npm registry does not answer. Try again in a minute."
_FIRST_SEVERITIES = ("critical", "high", "moderate", "low")


@dataclass(frozen=True, slots=True)
class Release:
    """One version of a package."""

    name: str
    version: str
    integrity: str
    licence: str = ""  # "" where the package says nothing
    unpacked: int = 0  # bytes; 0: the registry does not say
    published: datetime | None = None
    deprecated: str = ""  # why
    peers: Mapping[str, str] = field(default_factory=dict)  # that it wants beside itself -> the range


@dataclass(frozen=True, slots=True)
class Listing:
    """A package with all its versions."""

    name: str
    releases: Mapping[str, Release]
    tags: Mapping[str, str] = field(default_factory=dict)  # "latest" -> version
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class Advisory:
    package: str
    vulnerable: str  # a range of versions
    severity: str
    title: str
    url: str = ""

    @property
    def rank(self) -> int:
        """The worst first."""
        return _FIRST_SEVERITIES.index(self.severity) if self.severity in _FIRST_SEVERITIES else len(_FIRST_SEVERITIES)


class PackageRegistry(Protocol):
    def find(self, name: str) -> Listing | None:
        """None: there is no such package. Raises Unavailable."""
        ...

    def advisories(self, versions: Mapping[str, Collection[str]]) -> list[Advisory]:
        """What is known against these packages, also in other versions. Raises Unavailable where it can't be asked."""
        ...


class NpmRegistry:
    """One that speaks npm's protocol. Its address is asked for when it is needed."""

    def __init__(self, address: Callable[[], str], token: str = "") -> None:
        self._address = address
        self._token = token

    @property
    def address(self) -> str:
        """With a slash at its end."""
        return f"{self._address().rstrip('/')}/"

    def find(self, name: str) -> Listing | None:
        try:
            with self.connected() as client, client.stream("GET", quote(name, safe="@")) as answer:
                if answer.status_code in (404, 405):
                    return None
                _check(answer)
                return _listing(name, json.loads(_read(answer)))
        except (httpx.HTTPError, ValueError) as error:
            raise Unavailable(_SILENT) from error

    def advisories(self, versions: Mapping[str, Collection[str]]) -> list[Advisory]:
        asked = {name: sorted(wanted) for name, wanted in sorted(versions.items())}
        try:
            with self.connected() as client:
                answer = client.post("-/npm/v1/security/advisories/bulk", json=asked)
                _check(answer)
                found = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Unavailable("The npm registry does not say which versions are known to be unsafe.") from error
        return [_advisory(name, one) for name, entries in _mapping(found).items() for one in entries]

    def connected(self) -> httpx.Client:
        """For several questions; addresses are relative to the registry's."""
        headers = {"accept": "application/json"}
        if self._token:
            headers["authorization"] = f"Bearer {self._token}"
        return httpx.Client(base_url=self.address, headers=headers, timeout=ANSWER_SECONDS, follow_redirects=False)


def _check(answer: httpx.Response) -> None:
    if answer.status_code != httpx.codes.OK:
        raise Unavailable(f"{_SILENT} It said {answer.status_code}.")


def _read(answer: httpx.Response) -> bytes:
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > _LARGEST_LISTING:
            raise Unavailable("The npm registry's answer is too long to be read.")
    return bytes(body)


def _listing(name: str, said: object) -> Listing:
    whole = _mapping(said)
    times = {version: _time(text) for version, text in _mapping(whole.get("time")).items()}
    releases = {
        version: _release(name, version, _mapping(entry), times.get(version))
        for version, entry in _mapping(whole.get("versions")).items()
    }
    tags = {str(tag): str(version) for tag, version in _mapping(whole.get("dist-tags")).items()}
    created = times.get("created") or min((time for time in times.values() if time), default=None)
    return Listing(name, releases, tags, created)


def _release(name: str, version: str, entry: Mapping[str, Any], published: datetime | None) -> Release:
    dist = _mapping(entry.get("dist"))
    size = dist.get("unpackedSize")
    deprecated = entry.get("deprecated")
    return Release(
        name=name,
        version=version,
        integrity=str(dist.get("integrity") or dist.get("shasum") or ""),
        licence=licence_of(entry),
        unpacked=size if isinstance(size, int) else 0,
        published=published,
        deprecated=deprecated if isinstance(deprecated, str) else "",
        peers={
            str(peer): str(wanted)
            for peer, wanted in _mapping(entry.get("peerDependencies")).items()
            if not _mapping(_mapping(entry.get("peerDependenciesMeta")).get(peer)).get("optional")
        },
    )


def licence_of(manifest: Mapping[str, Any]) -> str:
    """As package.json says it, in any of the ways it was ever said; "" where it does not."""
    said = manifest.get("license") or manifest.get("licenses")
    entries = said if isinstance(said, list) else [said]
    names = [str(_mapping(one).get("type", "")) if isinstance(one, dict) else str(one or "") for one in entries]
    return " OR ".join(name.strip() for name in names if name.strip())


def _advisory(name: str, said: object) -> Advisory:
    entry = _mapping(said)
    return Advisory(
        package=name,
        vulnerable=str(entry.get("vulnerable_versions", "*")),
        severity=str(entry.get("severity", "")),
        title=str(entry.get("title", "")),
        url=str(entry.get("url", "")),
    )


def _time(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


@dataclass
class FakeRegistry:
    """Packages in memory. `known` None: it can't say what is unsafe."""

    listings: dict[str, Listing] = field(default_factory=dict)
    known: list[Advisory] | None = field(default_factory=list)
    is_down: bool = False

    def add(self, *releases: Release, created: datetime | None = None) -> None:
        """The last one is the latest."""
        for release in releases:
            before = self.listings.get(release.name, Listing(release.name, {}))
            listed = {**before.releases, release.version: release}
            self.listings[release.name] = Listing(release.name, listed, {"latest": release.version}, created)

    def find(self, name: str) -> Listing | None:
        if self.is_down:
            raise Unavailable(_SILENT)
        return self.listings.get(name)

    def advisories(self, versions: Mapping[str, Collection[str]]) -> list[Advisory]:
        if self.is_down or self.known is None:
            raise Unavailable("The npm registry does not say which versions are known to be unsafe.")
        return [one for one in self.known if one.package in versions]
