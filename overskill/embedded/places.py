"""Where things are: the checkout, and the folders of one data folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from overskill.config import Settings
from overskill.embedded.files import private_folder

PROJECT = Path(__file__).resolve().parents[2]  # has rxconfig.py, alembic/ and assets/


@dataclass(frozen=True, slots=True)
class Home:
    """The data folder. Deleting it is a clean start."""

    root: Path

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(settings.home.expanduser().resolve())

    def create(self) -> Self:
        for folder in (self.root, self.run, self.logs):
            private_folder(folder)
        return self

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def site_files(self) -> Path:
        """Of this and earlier builds of the front end."""
        return self.root / "site"

    @property
    def instance(self) -> Path:
        return self.run / "instance.json"

    @property
    def children(self) -> Path:
        return self.run / "children.json"

    @property
    def lock(self) -> Path:
        return self.run / "lock"

    @property
    def secret_key(self) -> Path:
        return self.root / "secret_key"

    def log(self, part: str) -> Path:
        return self.logs / f"{part}.log"
