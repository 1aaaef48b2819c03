"""What a good app of each kind has: one TOML file a kind, chosen by the words that a brief calls it by."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Guide:
    name: str
    words: tuple[str, ...]  # what a brief may call it
    pages: str
    states: str
    checks: str
    pitfalls: str

    @property
    def text(self) -> str:
        return f"Pages: {self.pages}\nStates: {self.states}\nWhat must work: {self.checks}\nPitfalls: {self.pitfalls}"


@cache
def guides() -> Mapping[str, Guide]:
    found = {}
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            name = file.name.removesuffix(".toml")
            content = tomllib.loads(file.read_text("utf-8"))
            found[name] = Guide(name, tuple(content.pop("words")), **content)
    return found


def guide_for(kind: str) -> Guide | None:
    """The guide whose word is the longest one in `kind`; of equally long ones, the last named: a "task board game"
    is a game."""
    text = f" {' '.join(re.findall(r'[a-z0-9-]+', kind.lower()))} "
    best: Guide | None = None
    best_rank = (0, 0)
    for guide in guides().values():
        for word in guide.words:
            place = text.rfind(f" {word} ")
            rank = (word.count(" ") + 1, place + len(word))
            if place >= 0 and rank > best_rank:
                best, best_rank = guide, rank
    return best
