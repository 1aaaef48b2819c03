"""What is known of the things that have pages: families, the subjects in them, and what sections are called."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from overskill.services.generation.recipes.lexicon import shelf, tokens
from overskill.services.generation.recipes.words import singularize

# Words that any subject may end with, and that say nothing of it.
_EMPTY_HEADS = frozenset(
    "business company service services shop store brand place team page site website group firm project work "
    "idea".split()
)
_FAMILY_ORDER = "cause party event person lessons stay music media product group place trade guide".split()
_TRADE_ENDINGS = re.compile(r"(?:er|or|ist|ian|smith|man|woman|wright|ing|ery)$")
# Purposes that decide whatever the subject is: a petition for a school wants names.
_PURPOSES: tuple[tuple[str, str], ...] = (
    (r"\bpetition\b|\bsignatures?\b|\bsave (?:the|our)\b|\bagainst\b|\bprotest\b|\bstop the\b", "petition"),
    (r"\bfund-?rais\w*|\bcrowdfund\w*|\braise (?:money|[$€£]?\d)|\bdonat(?:e|ions?)\b", "charity"),
    (r"\b(?:in )?memory of\b|\bmemorial\b|\btribute to\b|\bobituary\b", "memorial"),
)
_PERSONAL = re.compile(
    r"\bportfolio\b|\bcv\b|\br[eé]sum[eé]\b|\bmy work as\b|\bpersonal (?:website|site|page)\b", re.IGNORECASE
)


@cache
def _subjects_by_word() -> Mapping[str, str]:
    return {word: key for key, entry in shelf("subjects").items() for word in str(entry["match"]).split()}


def find_subject_key(phrase: str) -> str:
    """The known subject a phrase names: the most exact name, and of several the last ("yoga" of "school yoga")."""
    words = tokens(phrase)
    count = len([word for word in words if "-" not in word])
    known = _subjects_by_word()
    best, best_score = "", 0.0
    for index, word in enumerate(words):
        key = known.get(word) or known.get(singularize(word))
        if not key or (count > 1 and word in str(shelf("subjects")[key].get("alone", "")).split()):
            continue
        place = index - (count if index >= count else 0)
        score = 1 + place / 100 + (2 if "-" in word else 0)
        if score > best_score:
            best, best_score = key, score
    return best


def find_subject_entry(phrase: str, text: str) -> Mapping[str, Any]:
    """The subject's entry over nothing, or what the purpose of the page adds to it."""
    subjects = shelf("subjects")
    known = find_subject_key(phrase)
    purpose = next((key for pattern, key in _PURPOSES if re.search(pattern, text, re.IGNORECASE)), "")
    if purpose and (not known or subjects[known]["family"] not in {"cause", "event", "party"}):
        return subjects[purpose]
    if known == "photographer" and not phrase:
        return {}
    return subjects[known] if known else {}


def guess_family(phrase: str, text: str, *, is_first_person: bool) -> str:
    """For a subject that nobody knows."""
    families = shelf("families")
    words = [word.lower() for word in re.findall(r"[^\W\d_][\w'’-]*", phrase)]
    if is_first_person or _PERSONAL.search(text):
        return "person"
    if words[:1] == ["new"] and words[-1] not in _all_heads():
        return "cause"
    for head in reversed(words[-2:]):
        for name in _FAMILY_ORDER:
            if (
                head in str(families[name]["heads"]).split()
                or singularize(head) in str(families[name]["heads"]).split()
            ):
                return name
    for name in _FAMILY_ORDER:
        if name not in {"guide", "trade"} and re.search(str(families[name]["cues"]), text, re.IGNORECASE):
            return name
    if words and (words[-1] in _EMPTY_HEADS or _TRADE_ENDINGS.search(words[-1])):
        return "trade"
    return "trade" if re.search(str(families["trade"]["cues"]), text, re.IGNORECASE) else "guide"


@cache
def _all_heads() -> frozenset[str]:
    return frozenset(word for family in shelf("families").values() for word in str(family["heads"]).split())


def thing_of(phrase: str) -> str:
    """ "Bike repair" of "bike repair shop", "knitting" of "knitting circle"."""
    words = phrase.split()
    ends = _EMPTY_HEADS | frozenset(
        "studio clinic agency workshop club society circle association practice office centre center class "
        "classes lessons "
        "school academy course courses salon charity campaign initiative".split()
    )
    while len(words) > 1 and words[-1].lower() in ends:
        words = words[:-1]
    return " ".join(words)


def section_named(words: str) -> tuple[str, Mapping[str, Any]] | None:
    """What is known of a section that somebody calls this; None when it is the name of something else."""
    text = re.sub(r"^(?:(?:an?|the|our|my|some|upcoming|latest|live) )+", "", words.lower().strip())
    text = re.split(r" (?:of|about|for|from|with|where|to get) ", text, maxsplit=1)[0]
    for key, entry in shelf("sections").items():
        if re.fullmatch(rf"(?:{entry['words']})(?: section| page| tab| area| list)?", text):
            return key, entry
    return None
