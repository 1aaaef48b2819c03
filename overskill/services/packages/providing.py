"""A bundler that has the packages which an app's package.json names, whoever wrote them there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from overskill.clients.bundler import Applied, Bundle, Bundler, Diagnostic, Finding, Repaired
from overskill.errors import OverskillError
from overskill.services.packages.named import MANIFEST, added_packages
from overskill.services.packages.shelf import Shelf


class WithPackages:
    """Previews show why a package can't be had; production builds fail with the same words."""

    def __init__(self, bundler: Bundler, shelf: Shelf) -> None:
        self._bundler = bundler
        self._shelf = shelf

    def open(self, key: str, files: Mapping[str, str]) -> Applied:
        return self._with_problem(files, lambda: self._bundler.open(key, files))

    def update(self, key: str, changes: Mapping[str, str | None], *, draft: bool = False) -> Applied:
        return self._with_problem(changes, lambda: self._bundler.update(key, changes, draft=draft))

    def build(self, files: Mapping[str, str]) -> Bundle:
        self._shelf.provide(added_packages(files))
        return self._bundler.build(files)

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
        manifest = files.get(MANIFEST)
        wanted = added_packages({MANIFEST: manifest}) if manifest else {}
        try:
            self._shelf.provide(wanted)
        except OverskillError as failure:
            applied = show()
            said = Diagnostic(MANIFEST, failure.message, code="package")
            return replace(applied, diagnostics=(*applied.diagnostics, said))
        return show()
