"""Which files of a large app a turn is about: those it names, those its words are found in, and what hangs on them.

Words are weighed as search engines do: one that stands in few files says more than one that stands in many
(BM25). The files around a hit, by imports, come with it at a discount. No model and no index: 400 files are
searched faster than they are read from the database.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from overskill.services.generation.events import Turn
from overskill.services.generation.outline import exports, sources

MOST_TERMS = 40
LONGEST_SAID = 20_000  # characters of a message that are looked for
LONGEST_SEARCHED = 40_000  # characters of a file: longer ones are data
AS_GOOD_AS_NEEDED = 1_000.0  # of files whose errors are to be repaired
_NAMED, _STEM, _IDENTIFIER = 30.0, 12.0, 15.0
_IN_PATH, _IN_EXPORTS, _IN_TEXT = 3.0, 2.0, 1.0
_QUOTE, _PHRASE, _BEFORE = 6.0, 1.5, 0.15  # weights: what is quoted; two words in a row; the message before
_SATURATION, _LENGTH_COUNTS = 1.2, 0.5  # BM25's k1 and b
_IMPORTED, _IMPORTER = 0.35, 0.3  # how much of a score goes over to the files around
_STEPS = 2
_RECENT = 4.0  # of the newest version's files; older ones less
_VERSIONS_COUNTED = 4
_ALWAYS = {"src/App.tsx": 2.0, "src/types.ts": 1.0}
_FEWEST_LETTERS = 3

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_IDENTIFIER_WORD = re.compile(r"\w+")
_MENTION = re.compile(r"(?<![\w@./-])[\w@./-]{1,200}\.[a-z]{2,4}\b")
_QUOTED = re.compile(r"""["“„'‘«]([^"“”„'’»\n]{6,80})["”“'’»]""")
_HUMPS = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts that put no space between words
_ENDINGS = ("ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "s", "y", "e")
_EMPTY = frozenset(
    "the and for with that this from into its are was has have not but can should would could please make let want "
    "need add new change also when where what which there then than them they will you your all any more some show "
    "use using like each every only just able app page file component const return import export function "
    "der die das und mit ein eine einen ist nicht auf für von den dem soll bitte les des une pour avec dans que los "
    "las una para con por".split()
)


@dataclass(frozen=True, slots=True)
class _Searched:
    path: str  # lower case
    exports: str  # lower case
    text: str  # lower case


def scores(turn: Turn) -> dict[str, float]:
    """path -> how likely the turn is to need the file whole; only files that are likelier than nothing."""
    found = _by_words(turn)
    for path, score in _by_names(turn).items():
        found[path] = found.get(path, 0.0) + score
    for path, score in _recent(turn).items():
        found[path] = found.get(path, 0.0) + score
    found = _spread(found, turn.files)
    for path, score in _ALWAYS.items():
        if path in turn.files:
            found[path] = found.get(path, 0.0) + score
    for error in turn.feedback:
        if error.file in turn.files:
            found[error.file] = AS_GOOD_AS_NEEDED
    return found


def _by_words(turn: Turn) -> dict[str, float]:
    terms = terms_of(turn.prompt[:LONGEST_SAID])
    asked_before = next((message.text for message in reversed(turn.history) if message.author == "user"), "")
    for term, value in terms_of(asked_before[:LONGEST_SAID]).items():
        terms.setdefault(term, value * _BEFORE)
    searched = {path: _searched(path, content) for path, content in turn.files.items()}
    average = sum(len(one.text) for one in searched.values()) / max(1, len(searched)) or 1.0
    found: dict[str, float] = defaultdict(float)
    for term, value in terms.items():
        hits = {path: hit for path, one in searched.items() if (hit := _hit(term, one, average))}
        rarity = math.log(1 + (len(searched) - len(hits) + 0.5) / (len(hits) + 0.5))
        for path, hit in hits.items():
            found[path] += value * rarity * hit
    return dict(found)


def _searched(path: str, content: str) -> _Searched:
    return _Searched(path.lower(), " ".join(exports(content)).lower(), content[:LONGEST_SEARCHED].lower())


def _hit(term: str, one: _Searched, average: float) -> float:
    count = one.text.count(term)
    if not count and term not in one.path:
        return 0.0
    length = 1 - _LENGTH_COUNTS + _LENGTH_COUNTS * len(one.text) / average
    score = _IN_TEXT * count * (_SATURATION + 1) / (count + _SATURATION * length)
    return score + _IN_PATH * (term in one.path) + _IN_EXPORTS * (term in one.exports)


def terms_of(text: str) -> dict[str, float]:
    """What to look for, without endings, so that "sorting recipes" finds sortRecipe; and how much each counts."""
    words = _WORD.findall(text.lower())
    kept = [word for word in words if len(word) >= _FEWEST_LETTERS and word not in _EMPTY and not word.isdigit()]
    terms = dict.fromkeys((_stem(word) for word in kept if not _WIDE.search(word)), 1.0)
    meant = set(kept)
    terms |= {f"{one} {two}": _PHRASE for one, two in pairwise(words) if one in meant and two in meant}
    terms |= {word[at : at + 2]: 1.0 for word in words if _WIDE.search(word) for at in range(len(word) - 1)}
    terms |= {quoted.lower(): _QUOTE for quoted in _QUOTED.findall(text) if " " in quoted}
    longest = sorted(terms, key=lambda term: (-len(term), term))[:MOST_TERMS]
    return {term: terms[term] for term in longest}


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > _FEWEST_LETTERS:
            return word.removesuffix(ending)
    return word


def _by_names(turn: Turn) -> dict[str, float]:
    """Files that are named, by their path or its end, their name, or something they export."""
    said = "\n".join([turn.prompt[:LONGEST_SAID], *(error.message for error in turn.feedback)])
    mentions = {one.replace("@/", "src/").removeprefix("./").lower() for one in _MENTION.findall(said)}
    words = set(_WORD.findall(said)) | set(_IDENTIFIER_WORD.findall(said))
    lower_words = {word.lower() for word in words}
    found: dict[str, float] = {}
    for path, content in turn.files.items():
        stem = path.rpartition("/")[2].partition(".")[0]
        if mentions and any(f"/{path.lower()}".endswith(f"/{one}") for one in mentions):
            found[path] = _NAMED
        elif any(_HUMPS.search(one) and one in words for one in _plain(exports(content))):
            found[path] = _IDENTIFIER
        elif len(stem) > _FEWEST_LETTERS and stem.lower() in lower_words:
            found[path] = _STEM
    return found


def _plain(names: Iterable[str]) -> Iterable[str]:
    return (name.removeprefix("default ") for name in names)


def _recent(turn: Turn) -> dict[str, float]:
    """Files of the latest versions: the next message is often about what the last one made."""
    found: dict[str, float] = {}
    for age, version in enumerate(reversed(turn.past.versions[-_VERSIONS_COUNTED:] if turn.past else ())):
        for path in version.paths:
            if path in turn.files:
                found.setdefault(path, _RECENT / (1 + age) / math.sqrt(len(version.paths)))
    return found


def _spread(found: Mapping[str, float], files: Mapping[str, str]) -> dict[str, float]:
    """The scores, with a part of each for the files it imports and those that import it."""
    imports = import_graph(files)
    importers: dict[str, list[str]] = defaultdict(list)
    for path, imported in imports.items():
        for other in imported:
            importers[other].append(path)
    spread = dict(found)
    front = dict(found)
    for _ in range(_STEPS):
        reached: dict[str, float] = {}
        for path, score in front.items():
            users = importers.get(path, ())
            for other in imports.get(path, ()):
                reached[other] = max(reached.get(other, 0.0), score * _IMPORTED)
            for other in users:  # a file that everyone imports says little about each of them
                reached[other] = max(reached.get(other, 0.0), score * _IMPORTER / math.sqrt(len(users)))
        front = {path: score for path, score in reached.items() if score > spread.get(path, 0.0)}
        spread |= front
    return spread


def import_graph(files: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """path -> the app's own files it imports."""
    graph = {}
    for path, content in files.items():
        if path.endswith((".ts", ".tsx", ".js", ".jsx")):
            found = (_resolved(source, path, files) for source in sources(content))
            graph[path] = tuple(dict.fromkeys(one for one in found if one))
    return graph


def _resolved(source: str, importer: str, files: Mapping[str, str]) -> str:
    source = source.partition("?")[0]
    if source.startswith("@/"):
        place = f"src/{source[2:]}"
    elif source.startswith("."):
        place = _joined(importer.rpartition("/")[0], source)
    else:
        return ""
    endings = ("", ".tsx", ".ts", "/index.ts", "/index.tsx", ".jsx", ".js", ".css", ".json")
    return next((place + ending for ending in endings if place + ending in files), "")


def _joined(folder: str, relative: str) -> str:
    parts = folder.split("/") if folder else []
    for part in relative.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)
