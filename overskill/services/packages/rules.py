"""What may be added to apps: by name, licence, age and size. Each refusal says why, and what to do instead."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files as resource_files

from overskill.clients.package_store import Caps, Member
from overskill.clients.registry import Listing, Release
from overskill.config import Settings
from overskill.errors import InvalidInput
from overskill.npm_versions import is_exact, newest, satisfies
from overskill.services.packages.lookalikes import known_packages, nearest, same_letters, slip_of

LONGEST_NAME = 214
ESTABLISHED = timedelta(days=730)
MANY_RELEASES = 10
_NAME = re.compile(r"(@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*")
_SPEC = re.compile(r"(?P<name>@?[^@\s]+)(?:@(?P<wanted>[^\s].*))?")
_LICENCES = (
    "0BSD Apache-2.0 Artistic-2.0 BlueOak-1.0.0 BSD BSD-2-Clause BSD-3-Clause BSL-1.0 CC-BY-3.0 CC-BY-4.0 CC0-1.0 ISC "
    "MIT MIT-0 MIT/X11 MPL-2.0 OFL-1.1 Python-2.0 Unlicense WTFPL X11 Zlib"
)
_LONGEST_EXPRESSION = 500  # of licences
_EXCEPTION = re.compile(r"\s+with\s+[^\s()]+")
_GROUP = re.compile(r"\(([^()]*)\)")
_YES, _NO = "YES", "NO"  # in an expression that is otherwise lower-case


class PackageRefused(InvalidInput):
    """It may not be added, whoever asks."""


@dataclass(frozen=True, slots=True)
class PackageRules:
    mode: str = "checked"  # "listed": only what is allowed by name; "off": nothing
    allowed: tuple[str, ...] = ()  # names, or patterns such as @acme/*
    denied: tuple[str, ...] = ()
    licences: tuple[str, ...] = tuple(_LICENCES.split())
    caps: Caps = field(default_factory=Caps)
    may_be_unchecked: bool = True  # also where nobody says which versions are unsafe

    @classmethod
    def of(cls, settings: Settings) -> "PackageRules":
        return cls(
            mode=settings.packages,
            allowed=settings.allowed_packages,
            denied=settings.denied_packages,
            licences=settings.allowed_licences or tuple(_LICENCES.split()),
            caps=Caps(
                megabytes=settings.packages_megabytes,
                most=settings.packages_most,
                seconds=settings.packages_seconds,
                days=settings.packages_days,
            ),
            may_be_unchecked=settings.packages_unchecked == "allow",
        )

    def is_allowed(self, name: str) -> bool:
        return any(fnmatchcase(name, pattern) for pattern in self.allowed)

    def check_name(self, name: str) -> None:
        """Before anybody is asked."""
        if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            raise PackageRefused(f"{name[:80]!r} is not the name of an npm package. Names are lower-case.")
        if name in node_modules():
            raise PackageRefused(f"{name} is a part of Node, which browsers don't have. Use what the browser offers.")
        if any(fnmatchcase(name, pattern) for pattern in self.denied):
            raise PackageRefused(f"{name} is not allowed on this OverSkill. Use another package, or write it yourself.")
        if self.mode == "off" or (self.mode == "listed" and not self.is_allowed(name)):
            raise PackageRefused(
                f"{name} can't be had here: only packages from the list. Use one of those, or write it yourself."
            )
        if not self.is_allowed(name) and (meant := same_letters(name)):
            raise PackageRefused(f"{name} looks like {meant}, but is another package. Did you mean {meant}?")

    def check_found(self, name: str, listing: Listing | None, now: datetime) -> Listing:
        if listing is None or not listing.releases:
            meant = nearest(name, known_packages())
            hint = f"Did you mean {meant}?" if meant else "Check its name."
            raise PackageRefused(f"There is no npm package {name}. {hint}")
        is_established = (
            listing.created is not None
            and now - listing.created > ESTABLISHED
            and len(listing.releases) >= MANY_RELEASES
        )
        if not (is_established or self.is_allowed(name)) and (meant := slip_of(name)):
            raise PackageRefused(f"{name} is little known and looks like {meant}. Did you mean {meant}?")
        return listing

    def choose(
        self,
        listing: Listing,
        wanted: str,
        now: datetime,
        is_unsafe: Callable[[Release], str],
        *,
        is_had: bool = False,
    ) -> Release:
        """The version to add: the one that is wanted, else the newest that may be. `is_unsafe` says why not.

        `is_had`: an app has it, from when it was not deprecated.
        """
        if is_exact(wanted):
            release = listing.releases.get(wanted)
            if release is None:
                latest = listing.tags.get("latest") or newest(listing.releases)
                raise PackageRefused(f"{listing.name} has no version {wanted}. The newest is {latest}.")
            self._check_release(replace(release, deprecated="") if is_had else release, now)
            if why := is_unsafe(release):
                safe = newest(one.version for one in listing.releases.values() if not is_unsafe(one))
                hint = f"Use {safe}." if safe else "Use another package, or write it yourself."
                raise PackageRefused(f"{listing.name} {wanted} is known to be unsafe: {why}. {hint}")
            return release
        wanted = listing.tags.get(wanted, wanted)
        latest = listing.tags.get("latest", "")
        fitting = [one for one in listing.releases.values() if _fits(one.version, wanted, latest)]
        if not fitting:
            raise PackageRefused(f"{listing.name} has no version {wanted}. The newest is {latest}.")
        may_be = [one for one in fitting if not one.deprecated and self._is_old_enough(one, now) and not is_unsafe(one)]
        chosen = listing.releases.get(newest(one.version for one in may_be))
        if chosen is None:
            nearly = listing.releases[newest(one.version for one in fitting)]
            self._check_release(nearly, now)
            raise PackageRefused(
                f"{listing.name} {nearly.version} is known to be unsafe: {is_unsafe(nearly)}. "
                "Use another package, or write it yourself."
            )
        self._check_release(chosen, now)
        return chosen

    def _check_release(self, release: Release, now: datetime) -> None:
        what = f"{release.name} {release.version}"
        if release.deprecated and not self.is_allowed(release.name):
            raise PackageRefused(f"{what} is deprecated: {' '.join(release.deprecated.split())[:200]}")
        if not self._is_old_enough(release, now):
            days = f"{self.caps.days} days" if self.caps.days > 1 else "a day"
            raise PackageRefused(f"{what} was published less than {days} ago. Use an older version, or wait.")
        self._check_licence(release.name, release.version, release.licence)

    def _is_old_enough(self, release: Release, now: datetime) -> bool:
        if release.published is None or self.is_allowed(release.name):
            return True
        return now - release.published >= timedelta(days=self.caps.days)

    def check_licences(self, members: Sequence[Member]) -> None:
        """Of everything that a package brought along."""
        for member in members:
            self._check_licence(member.name, member.version, member.licence)

    def _check_licence(self, name: str, version: str, licence: str) -> None:
        if self.is_allowed(name) or is_licence_allowed(licence, self.licences):
            return
        said = f"the licence {licence}, which is not allowed here" if licence else "no licence that can be read"
        raise PackageRefused(f"{name} {version} has {said}. Use another package, or write it yourself.")


def is_licence_allowed(expression: str, allowed: Sequence[str]) -> bool:
    """Of several, one that may be chosen is enough; of those that go together, all have to be. AND binds first."""
    if len(expression) > _LONGEST_EXPRESSION:
        return False
    names = {name.lower() for name in allowed} | {_YES}
    plain, groups = _EXCEPTION.sub("", expression.lower()), 1
    while groups:
        plain, groups = _GROUP.subn(lambda group: f" {_YES if _is_one_allowed(group[1], names) else _NO} ", plain)
    return _is_one_allowed(plain, names)


def _is_one_allowed(expression: str, names: Collection[str]) -> bool:
    """Without parentheses."""
    return any(
        all(name.strip().removesuffix("+") in names for name in re.split(r"\s+and\s+", way))
        for way in re.split(r"\s+or\s+", expression.strip())
    )


def split_spec(spec: str) -> tuple[str, str]:
    """ "three@^0.170" -> ("three", "^0.170"). Without a version: "latest"."""
    found = _SPEC.fullmatch(spec.strip())
    if found is None:
        raise PackageRefused(f"{spec[:80]!r} is not the name of an npm package.")
    return found["name"], (found["wanted"] or "latest").strip()


@cache
def node_modules() -> frozenset[str]:
    text = (resource_files(__package__) / "node_modules.txt").read_text("utf-8")
    return frozenset(text.split())


def _fits(version: str, wanted: str, latest: str) -> bool:
    """What is newer than the latest is not for everybody yet."""
    if is_exact(wanted):
        return version == wanted or newest([version, wanted]) == wanted
    is_beyond = bool(latest) and version != latest and newest([version, latest]) == version
    return satisfies(version, wanted) and not is_beyond
