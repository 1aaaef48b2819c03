"""A game: its rules in lib, what is seen in pages and components."""

from typing import Any

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file
from overskill.services.generation.recipes.words import low, sentence

# What each has beside its page: the files of its folder, where they go.
_PARTS: dict[str, dict[str, str]] = {
    "tic-tac-toe": {"rules.ts": "src/lib/tic-tac-toe.ts"},
    "memory": {
        "rules.ts": "src/lib/memory.ts",
        "pictures.ts": "src/data/pictures.ts",
        "card.tsx": "src/components/memory-card.tsx",
    },
    "hangman": {"rules.ts": "src/lib/hangman.ts", "gallows.tsx": "src/components/gallows.tsx"},
    "guess-number": {"range.tsx": "src/components/number-range.tsx"},
    "snake": {"rules.ts": "src/lib/snake.ts", "board.tsx": "src/components/snake-board.tsx"},
    "2048": {"rules.ts": "src/lib/tiles.ts", "tile.tsx": "src/components/number-tile.tsx"},
    "rock-paper-scissors": {"rules.ts": "src/lib/hands.ts"},
    "minesweeper": {"rules.ts": "src/lib/minefield.ts", "cell.tsx": "src/components/mine-cell.tsx"},
    "reaction": {},
    "typing": {"rules.ts": "src/lib/typing.ts", "passage.tsx": "src/components/typed-passage.tsx"},
    "whack": {"pictures.ts": "src/data/pictures.ts"},
    "clicker": {"rules.ts": "src/lib/clicker.ts"},
}
_STEERED = {"snake", "2048"}
_WITH_SHORTCUTS = {"snake", "rock-paper-scissors"}
# What is clicked on, by the word before "clicker".
_THINGS = {
    "cookie": "Cookie",
    "coin": "Coins",
    "money": "Coins",
    "gold": "Coins",
    "banana": "Banana",
    "cat": "Cat",
    "dog": "Dog",
    "pizza": "Pizza",
    "star": "Star",
    "gem": "Gem",
    "diamond": "Gem",
    "heart": "Heart",
    "candy": "Candy",
    "cake": "Cake",
    "apple": "Apple",
    "coffee": "Coffee",
    "rocket": "Rocket",
}


def write(spec: AppSpec, page: Page) -> Files:
    key = str(spec.content["game"])
    facts: dict[str, Any] = {
        **{name: value for name, value in spec.content.items() if name != "game"},
        "component": component(page),
        "tagline": spec.tagline,
        "clicked": _THINGS.get(str(spec.content["title"]).split()[0].lower(), "MousePointerClick"),
        "pictures": [{"icon": one, "label": _label(one)} for one in spec.content["pictures"]],
    }
    files: Files = {}
    if page.entity:
        entity = spec.entity(page.entity)
        e = code(entity)
        files[f"src/data/{e.files}.ts"] = shared_files(entity)[f"src/data/{e.files}.ts"]
        texts = [one for one in entity.of_type("text") if one != entity.title]
        facts |= {"e": e, "hint": texts[0].id if texts else ""}
    files |= {target: render(f"game/{key}/{source}", **facts) for source, target in _PARTS[key].items()}
    if key in _STEERED:
        files["src/lib/use-directions.ts"] = render("game/use-directions.ts")
    if key in _WITH_SHORTCUTS:
        files["src/lib/use-shortcut.ts"] = render("parts/use-shortcut.ts")
    files["src/components/game-frame.tsx"] = render("game/game-frame.tsx")
    return files | {page_file(page): render(f"game/{key}/page.tsx", **facts)}


def _label(icon: str) -> str:
    """ "PawPrint" is a paw print, "Disc3" a disc."""
    words = "".join(f" {letter}" if letter.isupper() else letter for letter in icon).strip(" 0123456789")
    return sentence(low(words).lower())
