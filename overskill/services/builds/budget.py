"""How large a published app is, and where its limits are: ours to warn at, Cloudflare's to stop at."""

from collections.abc import Mapping
from dataclasses import dataclass

from overskill.clients.bundler import Asset
from overskill.errors import LimitReached
from overskill.services.figures import count_words, size_words

MEGABYTE = 1024 * 1024
WARN_BYTES = MEGABYTE
LARGEST_FILE = 25 * MEGABYTE  # developers.cloudflare.com/workers/platform/limits: static assets, worker size
MOST_FILES = 20_000
LARGEST_SCRIPT = 3 * MEGABYTE
_NAMED = 3


@dataclass(frozen=True, slots=True)
class SizedFile:
    path: str
    size: int

    def __str__(self) -> str:
        return f"{self.path} ({size_words(self.size)})"


@dataclass(frozen=True, slots=True)
class BundleFacts:
    size: int  # bytes of all files, uncompressed
    count: int
    biggest: tuple[SizedFile, ...]  # at most three, the biggest first

    @property
    def warning(self) -> str:
        """What to say of an app that loads slowly on a phone; "" where nothing is to be said."""
        if self.size <= WARN_BYTES:
            return ""
        return f"{size_words(self.size)} is a lot to load. The biggest files are {_named(self.biggest)}."


def bundle_facts(assets: Mapping[str, Asset]) -> BundleFacts:
    sized = _by_size(assets)
    return BundleFacts(sum(file.size for file in sized), len(sized), sized[:_NAMED])


def check_budget(assets: Mapping[str, Asset], *, script_bytes: int = 0) -> BundleFacts:
    """Raises LimitReached for what no edge would take, and names what to make smaller.

    `script_bytes` is the size of the app's own server code, with the packages it uses.
    """
    facts = bundle_facts(assets)
    if too_large := tuple(file for file in _by_size(assets) if file.size > LARGEST_FILE)[:_NAMED]:
        raise LimitReached(
            f"{_named(too_large)} can't be published: a file may have {size_words(LARGEST_FILE)}. "
            "Make it smaller, or load it from where it is stored."
        )
    if facts.count > MOST_FILES:
        raise LimitReached(
            f"The app has {count_words(facts.count, 'file')}; {MOST_FILES:,} can be published. Remove some of them."
        )
    if script_bytes > LARGEST_SCRIPT:
        raise LimitReached(
            f"The app's own server code has {size_words(script_bytes)}; {size_words(LARGEST_SCRIPT)} can be "
            "published. Import fewer or smaller packages in server/."
        )
    return facts


def _by_size(assets: Mapping[str, Asset]) -> tuple[SizedFile, ...]:
    sized = (SizedFile(path, len(asset.content)) for path, asset in assets.items())
    return tuple(sorted(sized, key=lambda file: (-file.size, file.path)))


def _named(files: tuple[SizedFile, ...]) -> str:
    words = [str(file) for file in files]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
