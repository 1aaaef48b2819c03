"""The port and password of one embedded server, kept so that a later start finds the live server again."""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from overskill.embedded.files import write_private
from overskill.embedded.ports import free_port


@dataclass(frozen=True, slots=True)
class Credentials:
    port: int
    password: str

    @classmethod
    def load(cls, path: Path) -> Self | None:
        """What an earlier start wrote, or None."""
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            return cls(port=int(values["port"]), password=str(values["password"]))
        except FileNotFoundError:
            return None

    @classmethod
    def create(cls, path: Path) -> Self:
        credentials = cls(port=free_port(), password=secrets.token_urlsafe(24))
        credentials.save(path)
        return credentials

    def move_port(self, path: Path) -> Self:
        """The same password on another port: somebody else took ours."""
        moved = type(self)(port=free_port(), password=self.password)
        moved.save(path)
        return moved

    def save(self, path: Path) -> None:
        write_private(path, json.dumps(asdict(self)))
