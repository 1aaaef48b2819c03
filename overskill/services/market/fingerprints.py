"""What an app's code and picture have in common with others', as numbers that are quick to compare. Pure.

Code: its tokens in overlapping runs, whatever its texts, numbers and names are, without what everybody has; of their
hashes, the least of each of 128 bins (one-permutation MinHash, empty bins filled by rotation). Two apps are as alike as
they have bins in common.
Pictures: 64 bits of brightness rising or falling (dHash).
"""

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from PIL import Image, UnidentifiedImageError

from overskill.services.generation.recipes.whole import recipe_files
from overskill.starter import starter_files

BINS = 128
BANDS = 32
_ROWS = BINS // BANDS
_RUN = 20  # tokens
_CODE = (".tsx", ".ts", ".jsx", ".js", ".mjs")
_EVERYBODYS = ("src/components/ui/", "src/lib/utils", "src/vite-env")  # shadcn's, as everybody has them
_COMMENTS = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
_TOKENS = re.compile(
    r"""(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|(?P<number>\b\d[\w.]*)|(?P<name>[A-Za-z_$][\w$]*)"""
    r"""|(?P<mark>=>|===?|!==?|&&|\|\||\?\?|\?\.|</|/>|[^\s\w])""",
    re.DOTALL,
)
_WORDS = frozenset(
    "as async await break case catch class const continue default delete do else export extends finally for from "
    "function if import in instanceof interface let new null of return static switch this throw true false try type "
    "typeof undefined var void while yield useState useEffect useMemo useRef useCallback useReducer useContext map "
    "filter reduce find some every sort slice push includes join split toString toFixed Math JSON Date Object Array "
    "button div span input form label select option main section header footer nav aside article ul ol li table tbody "
    "thead tr td th svg path p h1 h2 h3 className onClick onChange onSubmit key value aria".split()
)
_WIDTH, _HEIGHT = 9, 8
KINDS = (
    *("a todo list", "a kanban board", "an invoice maker", "a quiz", "a pomodoro timer", "a recipe collection"),
    *("an expense tracker", "a landing page for a cafe", "a meal planner", "flashcards", "a crm", "an inventory"),
    *("a reading list", "a habit tracker", "a shop", "a notes app", "split bills", "a poll", "a booking page"),
    *("a dashboard for sales", "a blog", "a calculator for tips", "a unit converter", "a scoreboard"),
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    minhash: tuple[int, ...]  # none: too little code to say anything
    picture: int = 0  # signed; 0: none


def fingerprint_of(files: Mapping[str, str], screenshot: bytes = b"") -> Fingerprint:
    return Fingerprint(minhash_of(files), picture_hash(screenshot))


def minhash_of(files: Mapping[str, str]) -> tuple[int, ...]:
    least = [-1] * BINS
    for one in _runs(files) - _everybodys_runs():
        hashed = int.from_bytes(hashlib.blake2b(one.encode(), digest_size=8).digest(), "big")
        place, rest = hashed % BINS, hashed // BINS
        if least[place] < 0 or rest < least[place]:
            least[place] = rest
    if all(one < 0 for one in least):
        return ()
    return tuple(_filled(least, place) for place in range(BINS))


def bands_of(minhash: Sequence[int]) -> list[int]:
    """Signed 64-bit numbers; apps that share one at the same place are worth a comparison."""
    parts = [minhash[start : start + _ROWS] for start in range(0, len(minhash), _ROWS)]
    digests = (hashlib.blake2b(",".join(map(str, part)).encode(), digest_size=8).digest() for part in parts)
    return [int.from_bytes(digest, "big", signed=True) for digest in digests]


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """0 … 1: what part of the runs of either are in both, about."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(mine == theirs for mine, theirs in zip(one, other, strict=True)) / len(one)


def picture_hash(image: bytes) -> int:
    """0 where there is no picture, or nothing on it."""
    if not image:
        return 0
    try:
        with Image.open(io.BytesIO(image)) as picture:
            grey = picture.convert("L").resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS).tobytes()
    except (UnidentifiedImageError, OSError):
        return 0
    bits = 0
    for row in range(_HEIGHT):
        for column in range(_WIDTH - 1):
            at = row * _WIDTH + column
            bits = bits << 1 | (grey[at] > grey[at + 1])
    return bits - (1 << 64) if bits >> 63 else bits


def picture_distance(one: int, other: int) -> int:
    """How many of 64 bits differ; all of them where one has no picture."""
    return ((one ^ other) & (2**64 - 1)).bit_count() if one and other else 64


def _runs(files: Mapping[str, str]) -> set[str]:
    return {run for path in files if _is_own_code(path) for run in _runs_of(files[path])}


def _is_own_code(path: str) -> bool:
    return path.startswith("src/") and path.endswith(_CODE) and not path.startswith(_EVERYBODYS)


def _runs_of(text: str) -> Iterator[str]:
    tokens = [_normal(token) for token in _TOKENS.finditer(_COMMENTS.sub(" ", text))]
    for start in range(len(tokens) - _RUN + 1):
        names: dict[str, int] = {}
        yield " ".join(
            f"${names.setdefault(token, len(names))}" if is_name else token
            for token, is_name in tokens[start : start + _RUN]
        )


def _normal(token: re.Match[str]) -> tuple[str, bool]:
    """And whether it is a name that its author chose: within a run, names are numbered as they come."""
    match token.lastgroup:
        case "text":
            return '"', False
        case "number":
            return "0", False
        case group:
            return token[0], group == "name" and token[0] not in _WORDS


@cache
def _everybodys_runs() -> frozenset[str]:
    """What the starter has, and what recipes of different kinds write alike: having it in common says nothing."""
    seen = Counter(run for prompt in KINDS for run in _runs(recipe_files(prompt)))
    return frozenset(_runs(starter_files())) | {run for run, count in seen.items() if count > 1}


def _filled(least: Sequence[int], place: int) -> int:
    """That of the next bin that has one, told apart by how far it is."""
    for step in range(BINS):
        if (found := least[(place + step) % BINS]) >= 0:
            return found + step * 7_919
    return 0
