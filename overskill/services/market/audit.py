"""The packages that an app brings to its visitors: versions, licences, and what is known against them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from overskill.clients.registry import Advisory
from overskill.errors import Unavailable
from overskill.npm_versions import satisfies
from overskill.services.figures import count_words
from overskill.services.market.proofs import AuditedPackage
from overskill.services.packages.named import added_packages, needed_packages
from overskill.services.packages.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Audit:
    packages: tuple[AuditedPackage, ...]
    words: str  # what was asked, and when
    why_not: str = ""  # where nobody could say what is known against them
    grave: tuple[str, ...] = ()  # sentences: what must not be sold


def audit_packages(files: Mapping[str, str], shelf: Shelf, now: datetime) -> Audit:
    """Of what the code imports and package.json names, and of all that this brings along."""
    found = _packages(files, shelf)
    try:
        known = shelf.registry.advisories(_versions(found)) if found else []
    except Unavailable as error:
        words = f"{count_words(len(found), 'package')}, with versions and licences."
        why_not = f"Known problems of packages were not looked up: {error.message}"
        return Audit(tuple(found), words, why_not)
    packages = tuple(_judged(package, known) for package in found)
    words = (
        f"{count_words(len(found), 'package')}, each looked up in the npm registry's list of known problems "
        f"on {now:%-d %B %Y}."
    )
    return Audit(packages, words, grave=_grave(packages, known))


def _packages(files: Mapping[str, str], shelf: Shelf) -> list[AuditedPackage]:
    own = {name: AuditedPackage(name, has.version, has.licence) for name, has in needed_packages(files).items()}
    added = added_packages(files)
    installed = shelf.find(added)
    members = [AuditedPackage(one.name, one.version, one.licence) for one in installed.members] if installed else []
    named = [AuditedPackage(name, version, "") for name, version in added.items()]
    together = [*own.values(), *(members or named)]
    return sorted({(one.name, one.version): one for one in together}.values(), key=lambda one: (one.name, one.version))


def _versions(packages: list[AuditedPackage]) -> dict[str, list[str]]:
    versions: dict[str, list[str]] = {}
    for one in packages:
        versions.setdefault(one.name, []).append(one.version)
    return versions


def _judged(package: AuditedPackage, known: list[Advisory]) -> AuditedPackage:
    against = sorted(_against(package, known), key=lambda one: one.rank)
    problems = tuple(f"{one.title} ({one.severity})" for one in against)
    return AuditedPackage(package.name, package.version, package.licence, problems)


def _grave(packages: tuple[AuditedPackage, ...], known: list[Advisory]) -> tuple[str, ...]:
    return tuple(
        f"{package.name} {package.version} is known to be unsafe: {one.title}. Use another version or package."
        for package in packages
        for one in _against(package, known)
        if one.severity == "critical"
    )


def _against(package: AuditedPackage, known: list[Advisory]) -> list[Advisory]:
    return [one for one in known if one.package == package.name and satisfies(package.version, one.vulnerable)]
