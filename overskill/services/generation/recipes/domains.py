"""Which domains a prompt is about: its head decides, and in the head the noun at the end."""

import re

from overskill.services.generation.recipes.lexicon import Hit, search, tokens
from overskill.services.generation.recipes.subject import find_subject, naming_phrase
from overskill.services.generation.recipes.words import singularize

# "Restaurant ideas" are restaurants, to begin with.
_OF_ANYTHING = frozenset("ideas tips wishes suggestions options notes memories records".split())


def find_domains(about: str, subject: str, head: str) -> list[Hit]:
    """What `head` names decides; the rest of the prompt only orders those, or speaks when there is no head.

    `about` is the prompt without its name, `subject` the prompt up to its list of fields.
    """
    everywhere = search("domains", subject) or search("domains", about)
    by_name = _named_whole(subject)
    if not head:
        return _joined(by_name, everywhere)
    named = {hit.key: hit for hit in search("domains", head)}
    words = set(tokens(head)) | {singularize(word) for word in tokens(head)}
    led = [hit for hit in everywhere if hit.key in named or words & set(str(hit.entry.get("heads", "")).split())]
    nouns = _nouns_of(head)
    fitting = [hit for hit in led or named.values() if not any(_only_tells_which(hit, noun) for noun in nouns)]
    fitting.sort(key=lambda hit: -max(_closeness(hit, noun) for noun in nouns))
    return _joined(by_name, fitting)


def _joined(first: list[Hit], others: list[Hit]) -> list[Hit]:
    return list({hit.key: hit for hit in (*first, *others)}.values())


def _named_whole(subject: str) -> list[Hit]:
    """Entries known by the whole name: a "set list" is none of sets, a "home inventory" none of homes."""
    words = naming_phrase(subject).lower().split()
    pair = "-".join(words[-2:])
    return [hit for hit in search("domains", pair.replace("-", " ")) if pair in _match(hit)] if len(words) > 1 else []


def _nouns_of(head: str) -> list[list[str]]:
    """The noun of each part: "dog walks" and "vet visits" of "dog walks and vet visits"."""
    nouns = [find_subject(part).noun.lower().split() for part in re.split(r"\band\b|&", head)]
    nouns = [noun for noun in nouns if noun] or [[]]
    return nouns + [noun[:-1] for noun in nouns if len(noun) > 1 and noun[-1] in _OF_ANYTHING]


def _closeness(hit: Hit, noun: list[str]) -> int:
    """Whether an entry is of board games, of games, or of what else stands in the head."""
    words = _match(hit) | set(str(hit.entry.get("heads", "")).split())
    pair = "-".join([*noun[-2:-1], singularize(noun[-1])]) if noun else ""
    if len(noun) > 1 and (pair in words or "-".join(noun[-2:]) in words):
        return 2
    return int(bool(noun) and (noun[-1] in words or singularize(noun[-1]) in words))


def _only_tells_which(hit: Hit, noun: list[str]) -> bool:
    """ "Dog walks" are walks: the dog only tells which. "Coffee beans" are still of a domain that is open."""
    return hit.word in noun[:-1] and not _closeness(hit, noun) and not hit.entry.get("open")


def _match(hit: Hit) -> set[str]:
    return set(str(hit.entry["match"]).split())
