"""A product whose web process can be given another build of the front end, as a deploy does."""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from overskill.embedded import frontend
from overskill.embedded.places import PROJECT, Home
from tests.support_product import Product, free_ports, make_product
from tests.support_waiting import eventually

_NEEDED_TO_SERVE = ("build", "backend", "routes.json")
_NAMED_BY_CONTENT = re.compile(r"(.+)-([\w-]{8})(\.(?:js|css))")
_STATES = re.compile(r'export const stateSchema = "(\w+)"')
OTHER_STATES = "0" * 32
_TEXTS = frozenset({".js", ".css", ".html"})


@dataclass
class Deploys:
    """`site` is what the web process serves; `public_port` is where browsers look for it, if somebody listens there."""

    product: Product
    site: Path
    public_port: int
    states: str  # Reflex's name for those that this build fits
    count: int = 0

    @property
    def public(self) -> Product:
        """The same, as a browser knows it."""
        return replace(self.product, ports=replace(self.product.ports, web=self.public_port))

    @property
    def assets(self) -> Path:
        return self.site / "build" / "client" / "assets"

    def deploy(self, *, is_of_other_states: bool = False) -> None:
        """Stop the web process, put another build in place of the one it served, and start it again.

        `is_of_other_states`: as if it had been built before the states of the server were changed.
        """
        before = self.product.parts()["web"]
        psutil.Process(before).suspend()  # so that it serves neither half
        self._rebuild(OTHER_STATES if is_of_other_states else self.states)
        psutil.Process(before).kill()
        assert eventually(lambda: self.product.parts()["web"] != before)
        self.product.wait_until_healthy()

    def _rebuild(self, states: str) -> None:
        """The same pages, in files of which each that is named by its content has another name."""
        self.count += 1
        folder = self.site / "build" / "client"
        for packed in folder.rglob("*.gz"):
            packed.unlink()
        names = {file.name: self._renamed(file.name) for file in self.assets.iterdir()}
        names |= {self.states: states, OTHER_STATES: states}
        known = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
        for file in [each for each in folder.rglob("*") if each.suffix in _TEXTS]:
            file.write_text(known.sub(lambda match: names[match[0]], file.read_text()))
        for file in list(self.assets.iterdir()):
            file.rename(self.assets / names[file.name])

    def _renamed(self, name: str) -> str:
        match = _NAMED_BY_CONTENT.fullmatch(name)
        if match is None:
            return name
        digest = hashlib.sha256(f"{name} {self.count}".encode()).hexdigest()[:8]
        return f"{match[1]}-{digest}{match[3]}"


@contextmanager
def deployed_product(**settings: str) -> Iterator[Deploys]:
    """A running product that serves a copy of the built front end, so that nobody else's changes."""
    site = Path(tempfile.mkdtemp(prefix="overskill-site-"))
    public_port = free_ports().web
    address = f"http://localhost:{public_port}"
    product = make_product(
        REFLEX_WEB_WORKDIR=str(site), OVERSKILL_PUBLIC_URL=address, OVERSKILL_GENERATE_WORKERS="1", **settings
    )
    try:
        frontend.build_if_changed(Home(product.home).create())
        for name in _NEEDED_TO_SERVE:
            _copy(PROJECT / ".web" / name, site / name)
        (states,) = _STATES.findall((PROJECT / ".web" / "utils" / "context.jsx").read_text())
        product.start()
        yield Deploys(product, site, public_port, states)
        product.stop()
    finally:
        product.kill_everything()
        for folder in (product.home, site):
            shutil.rmtree(folder, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)
