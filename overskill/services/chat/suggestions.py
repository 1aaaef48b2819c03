"""What could be said next: first what was meant for the app and is not in it, last what does any app good. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MOST_SHOWN = 4
_OF_TIME = re.compile(r"\b(date|due|day|when|deadline|birthday)\b", re.IGNORECASE)
_OF_AMOUNT = re.compile(
    r"\b(amount|price|cost|total|count|hours|minutes|weight|distance|score|rating|calories)\b", re.IGNORECASE
)
_LISTS = re.compile(r"\.map\(")
_SEARCHES = re.compile(r"search|filter", re.IGNORECASE)
_EMPTY = re.compile(r"<Empty|EmptyState|length === 0|\.length \?", re.IGNORECASE)
ANY_APP = (
    "Make it look right on a phone",
    "Add a page with charts",
    "Let me export everything as CSV",
    "Remove the sample data",
    "Make it dark green",
)
# What recipes can do with any app of theirs.
FOR_RECIPES = (
    "Make it dark green",
    "Add a due date and sort by it",
    "Add a page with charts",
    "Remove the sample data",
)


@dataclass(frozen=True, slots=True)
class AppSoFar:
    """`pages` are the sources of src/pages: path -> text. `asked` is what was said before, in any order."""

    asked: Sequence[str] = ()
    brief: Mapping[str, Any] = field(default_factory=dict)  # the newest: brief.Brief as JSON
    checks: Mapping[str, Any] = field(default_factory=dict)  # the card of the newest version
    unbuilt: Sequence[str] = ()  # steps of a plan that were not gone through
    pages: Mapping[str, str] = field(default_factory=dict)
    is_for_recipes: bool = False  # there is no model: only what they understand


def suggestions_for(app: AppSoFar) -> list[str]:
    """The best few, each once, without what was asked for already."""
    asked = {_plain(text) for text in app.asked}
    chosen: dict[str, str] = {}
    for words in _ideas(app):
        if _plain(words) not in asked:
            chosen.setdefault(_plain(words), words)
    return list(chosen.values())[:MOST_SHOWN]


def _ideas(app: AppSoFar) -> Iterator[str]:
    if app.is_for_recipes:
        yield from FOR_RECIPES
        return
    yield from (f"Make this work: {_lowered(title)}" for title in _failed(app.checks))
    yield from (f"Go on with the plan: {_lowered(step)}" for step in app.unbuilt)
    yield from (f"Add the page {title}" for title in _missing_pages(app))
    yield from _about_entities(app.brief)
    yield from _about_pages(app.pages)
    yield from ANY_APP


def _failed(checks: Mapping[str, Any]) -> list[str]:
    return [str(result["title"]) for result in checks.get("results", ()) if not result["passed"]]


def _missing_pages(app: AppSoFar) -> list[str]:
    """Pages of the brief that no file is named after. The start page may be called anything."""
    if not app.pages:
        return []
    there = " ".join(_letters(path) for path in app.pages)
    sources = " ".join(app.pages.values())
    return [
        title
        for page in app.brief.get("pages", ())
        if (path := str(page.get("path", ""))) not in ("", "/")
        and (title := str(page.get("title") or path))
        and _letters(title) not in there
        and _letters(path) not in there
        and f'"{path}"' not in sources
    ]


def _about_entities(brief: Mapping[str, Any]) -> Iterator[str]:
    for entity in brief.get("entities", ()):
        things, fields = _plural(str(entity.get("name", ""))), [str(each) for each in entity.get("fields", ())]
        if not things:
            continue
        if any(_OF_TIME.search(each) for each in fields):
            yield f"Show the {things} in a calendar"
        amount = next((each for each in fields if _OF_AMOUNT.search(each)), "")
        if amount:
            yield f"Add a chart of the {_lowered(amount)} over time"


def _about_pages(pages: Mapping[str, str]) -> Iterator[str]:
    for path, source in sorted(pages.items()):
        name = _page_name(path)
        if not _LISTS.search(source):
            continue
        if not _SEARCHES.search(source):
            yield f"Add a search to the page {name}"
        if not _EMPTY.search(source):
            yield f"Say what to do first when the page {name} is empty"


def _page_name(path: str) -> str:
    stem = path.rpartition("/")[2].partition(".")[0].removesuffix("Page")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem) or "Home"


def _plural(name: str) -> str:
    word = name.strip().lower()
    if not word or word.endswith("s"):
        return word
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else f"{word}s"


def _lowered(text: str) -> str:
    """To go on in a sentence; abbreviations stay as they are."""
    return text if text[:2].isalpha() and text[:2].isupper() else text[:1].lower() + text[1:]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".!")
