"""Packages outside the prebundled set: chosen, checked, installed once, and from then on there for every app."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from overskill.clients.package_store import Member, PackageSet, PackageStore
from overskill.clients.registry import Advisory, PackageRegistry, Release
from overskill.errors import Unavailable
from overskill.models.base import utc_now
from overskill.npm_versions import satisfies
from overskill.services.figures import size_words
from overskill.services.packages.named import vendor_packages
from overskill.services.packages.rules import PackageRefused, PackageRules, split_spec

_UNCHECKED = "Whether it is known to be unsafe could not be checked: the registry does not say"
MOST_OF_AN_APP = 40


@dataclass(frozen=True, slots=True)
class Added:
    name: str
    version: str
    licence: str
    size: int  # bytes, compressed, as a preview loads it; 0: not known
    note: str = ""  # what else is to be said of it

    @property
    def sentence(self) -> str:
        """ "three 0.170.0, MIT, 160 KB" """
        size = size_words(self.size) if self.size else ""
        facts = ", ".join(filter(None, (f"{self.name} {self.version}", self.licence, size)))
        return f"{facts}. {self.note}" if self.note else facts


@dataclass(frozen=True)
class Shelf:
    """Where apps get packages from. Everything it raises is an OverskillError for the user and the model."""

    registry: PackageRegistry
    store: PackageStore
    rules: PackageRules
    now: Callable[[], datetime] = utc_now

    def add(self, specs: Sequence[str], beside: Mapping[str, str]) -> list[Added]:
        """Add packages, with or without versions, to those that an app has: name -> exact version.

        All of them or none. Raises PackageRefused, LimitReached, Unavailable.
        """
        safety = _Safety(self.registry, self.rules)
        chosen = {release.name: release for release in (self._chosen(_kept(spec, beside), safety) for spec in specs)}
        wanted = {**beside, **{name: release.version for name, release in chosen.items()}}
        found = self._installed(wanted, chosen, safety)
        return [self._added(release, found, safety) for release in chosen.values()]

    def provide(self, wanted: Mapping[str, str]) -> PackageSet | None:
        """Have what an app's package.json names: installed already, or now. Raises what `add` does."""
        return self._installed(wanted, {}, _Safety(self.registry, self.rules)) if wanted else None

    def find(self, wanted: Mapping[str, str]) -> PackageSet | None:
        return self.store.find(wanted) if wanted else None

    def choose(self, spec: str) -> Release:
        """The version that `add` would take."""
        return self._chosen(spec, _Safety(self.registry, self.rules))

    def _chosen(self, spec: str, safety: "_Safety", *, is_had: bool = False) -> Release:
        name, wanted = split_spec(spec)
        self.rules.check_name(name)
        now = self.now()
        listing = self.rules.check_found(name, self.registry.find(name), now)
        safety.ask({name: list(listing.releases)})
        return self.rules.choose(listing, wanted, now, safety.problem_of, is_had=is_had)

    def _installed(self, wanted: Mapping[str, str], chosen: Mapping[str, Release], safety: "_Safety") -> PackageSet:
        if len(wanted) > MOST_OF_AN_APP:
            raise PackageRefused(f"An app has at most {MOST_OF_AN_APP} packages of its own. Remove some first.")
        for name in wanted:
            self.rules.check_name(name)  # also of what is installed: the rules may have changed
        if found := self.store.find(wanted):
            return found
        had = {name: version for name, version in wanted.items() if name not in chosen}
        others = {name: self._chosen(f"{name}@{version}", safety, is_had=True) for name, version in had.items()}
        releases = [chosen.get(name) or others[name] for name in sorted(wanted)]

        def check(members: Sequence[Member]) -> None:
            self.rules.check_licences(members)
            safety.check(members)

        return self.store.install(releases, self.rules.caps, check)

    def _added(self, release: Release, found: PackageSet, safety: "_Safety") -> Added:
        notes = [_UNCHECKED] if safety.is_unknown else []
        notes += _unfit_peers(release)
        member = found.member(release.name)
        licence = release.licence or (member.licence if member else "")
        note = ". ".join(notes)
        return Added(release.name, release.version, licence, found.weights.get(release.name, 0), note)


def _kept(spec: str, beside: Mapping[str, str]) -> str:
    """What an app has stays at its version until another one is named."""
    name, wanted = split_spec(spec)
    return f"{name}@{beside[name]}" if wanted == "latest" and name in beside else spec


@dataclass
class _Safety:
    """What is known against packages, asked as rarely as can be."""

    registry: PackageRegistry
    rules: PackageRules
    is_unknown: bool = False
    _known: dict[str, list[Advisory]] = field(default_factory=dict)

    def ask(self, versions: Mapping[str, Collection[str]]) -> None:
        missing = {name: wanted for name, wanted in versions.items() if name not in self._known}
        if not missing or self.is_unknown:
            return
        try:
            found = self.registry.advisories(missing)
        except Unavailable:
            if not self.rules.may_be_unchecked:
                raise
            self.is_unknown = True
            return
        for name in missing:
            self._known[name] = sorted((one for one in found if one.package == name), key=lambda one: one.rank)

    def problem_of(self, release: Release | Member) -> str:
        """Why it is unsafe; "" where nothing is known against it."""
        known = self._known.get(release.name, ())
        worst = next((one for one in known if satisfies(release.version, one.vulnerable)), None)
        return f"{worst.title} ({worst.severity})" if worst else ""

    def check(self, members: Sequence[Member]) -> None:
        versions: dict[str, set[str]] = {}
        for member in members:
            versions.setdefault(member.name, set()).add(member.version)
        self.ask(versions)
        for member in members:
            if why := self.problem_of(member):
                raise PackageRefused(
                    f"{member.name} {member.version}, which it brings along, is known to be unsafe: {why}. "
                    "Use another package, or write it yourself."
                )


def _unfit_peers(release: Release) -> list[str]:
    """What it was made for besides, where that is another version than apps have here."""
    available = vendor_packages()
    return [
        f"It was made for {peer} {wanted}; apps have {available[peer].version}"
        for peer, wanted in sorted(release.peers.items())
        if peer in available and not satisfies(available[peer].version, wanted)
    ]
