"""A bundler that has the packages which an app's package.json names, whoever wrote them there."""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from overskill.clients.bundler import Applied, Bundle, Bundler, Diagnostic, Finding, Repaired
from overskill.db import BeginAgain
from overskill.errors import OverskillError
from overskill.services.packages.named import MANIFEST, added_packages
from overskill.services.packages.shelf import Shelf

LATELY = 60.0  # seconds: what did not come off is not tried again at once


def begin_again_with_packages(bundler: Bundler, files: Mapping[str, str | None]) -> None:
    """Before files are shown with a row locked. Raises BeginAgain where packages are to be installed first."""
    if (install := bundler.preparation(files)) is not None:
        raise BeginAgain(install)


class WithPackages:
    """Previews show why a package can't be had; production builds fail with the same words."""

    def __init__(self, bundler: Bundler, shelf: Shelf, clock: Callable[[], float] = time.monotonic) -> None:
        self._bundler = bundler
        self._shelf = shelf
        self._clock = clock
        self._tried: dict[frozenset[tuple[str, str]], tuple[float, str]] = {}  # when, and why it did not come off

    def preparation(self, files: Mapping[str, str | None]) -> Callable[[], object] | None:
        wanted = _wanted(files)
        if self._shelf.find(wanted) or not wanted or self._tried_lately(wanted) is not None:
            return None
        return partial(self._provide, wanted)

    def open(self, key: str, files: Mapping[str, str]) -> Applied:
        return self._with_problem(files, lambda: self._bundler.open(key, files))

    def update(self, key: str, changes: Mapping[str, str | None], *, draft: bool = False) -> Applied:
        return self._with_problem(changes, lambda: self._bundler.update(key, changes, draft=draft))

    def build(self, files: Mapping[str, str], *, app_id: UUID | None = None) -> Bundle:
        self._shelf.provide(added_packages(files))
        return self._bundler.build(files, app_id=app_id)

    def inspect(self, files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        return self._bundler.inspect(files)

    def shell(self, key: str) -> None:
        self._bundler.shell(key)

    def close(self, key: str) -> None:
        self._bundler.close(key)

    def repair(self, files: Mapping[str, str], paths: Sequence[str], *, is_final: bool) -> Repaired:
        return self._bundler.repair(files, paths, is_final=is_final)

    def scan(self, files: Mapping[str, str]) -> tuple[Finding, ...]:
        return self._bundler.scan(files)

    def ping(self) -> bool:
        return self._bundler.ping()

    def _with_problem(self, files: Mapping[str, str | None], show: Callable[[], Applied]) -> Applied:
        """What can't be had is missing in the app, which is shown nevertheless."""
        wanted = _wanted(files)
        problem = self._provide(wanted) if wanted else ""
        applied = show()
        if not problem:
            return applied
        said = Diagnostic(MANIFEST, problem, code="package")
        return replace(applied, diagnostics=(*applied.diagnostics, said))

    def _provide(self, wanted: Mapping[str, str]) -> str:
        """Why they can't be had; "" where they can."""
        lately = None if self._shelf.find(wanted) else self._tried_lately(wanted)
        if lately:
            return lately
        problem = ""
        try:
            self._shelf.provide(wanted)
        except OverskillError as refusal:
            problem = refusal.message
        now = self._clock()
        still = {tried: said for tried, said in self._tried.items() if said[0] > now - LATELY}
        self._tried = {**still, _key(wanted): (now, problem)}
        return problem

    def _tried_lately(self, wanted: Mapping[str, str]) -> str | None:
        """As `_provide`; None: it was not tried."""
        when, problem = self._tried.get(_key(wanted), (-math.inf, ""))
        return problem if when > self._clock() - LATELY else None


def _wanted(files: Mapping[str, str | None]) -> dict[str, str]:
    manifest = files.get(MANIFEST)
    return added_packages({MANIFEST: manifest}) if manifest else {}


def _key(wanted: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset(wanted.items())
