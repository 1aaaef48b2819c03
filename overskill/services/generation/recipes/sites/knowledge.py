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
_AMBIGUOUS = frozenset(
    "show shows open run music art arts design app page book books tour tours lost found talk love dog cat "
    "family drawing "
    "photos songs album journal channel language package platform tool ai guide cup trip journey".split()
)
_INFO_PAGE = re.compile(r"\binfo(?:rmation)? (?:page|site)\b|\bwelcome (?:book|guide)\b|\bhouse guide\b", re.IGNORECASE)
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


def find_subject_key(phrase: str, *, anywhere: bool = False) -> str:
    """The known subject a phrase names: by two words of it, or by the last ("car mechanic", not "car park").

    With `anywhere`, in a whole prompt, every word counts but those that also have other uses.
    """
    text = phrase if anywhere else re.split(r" (?:of|for|about|on) ", phrase, maxsplit=1)[0]
    english = re.findall(r"[^\W_]+(?:-[^\W_]+)*", text.lower())
    translated = tokens(text)[: len(english)]
    return _best_key(english, anywhere=anywhere) or _best_key(translated, anywhere=anywhere)


def _best_key(words: list[str], *, anywhere: bool) -> str:
    while not anywhere and len(words) > 1 and words[-1] in _EMPTY_HEADS:
        words = words[:-1]
    best, best_score = "", 0.0
    for index, word in enumerate(words):
        pair = f"{word}-{words[index + 1]}" if index + 1 < len(words) else ""
        is_last = index == len(words) - 1
        may_count = word not in _AMBIGUOUS if anywhere else is_last or "-" in word
        alone = _known_by(word) if may_count else ""
        if len(words) > 1 and alone and word in str(shelf("subjects")[alone].get("alone", "")).split():
            alone = ""
        for key, score in ((_known_by(pair), 3 + index / 100), (alone, 1 + index / 100)):
            if key and score > best_score:
                best, best_score = key, score
    return best


def _known_by(word: str) -> str:
    known = _subjects_by_word()
    return known.get(word) or known.get(singularize(word)) or ""


def find_subject_entry(phrase: str, text: str) -> Mapping[str, Any]:
    """The subject's entry over nothing, or what the purpose of the page adds to it."""
    subjects = shelf("subjects")
    known = find_subject_key(phrase or text, anywhere=not phrase)
    before = text[: text.lower().find(phrase.lower())] if phrase and phrase.lower() in text.lower() else text
    purpose = next((key for pattern, key in _PURPOSES if re.search(pattern, before, re.IGNORECASE)), "")
    if purpose and (not known or subjects[known]["family"] not in {"cause", "event", "party"}):
        return {key: value for key, value in subjects[purpose].items() if key != "names" or not phrase}
    return subjects[known] if known else {}


def guess_family(phrase: str, text: str, *, is_first_person: bool) -> str:
    """For a subject that nobody knows."""
    words = [word.lower() for word in re.findall(r"[^\W\d_][\w'’-]*", phrase)]
    if _INFO_PAGE.search(text):
        return "guide"
    if is_first_person or _PERSONAL.search(text):
        return "person"
    if words[:1] == ["new"] and words[-1] not in _all_heads():
        return "cause"
    return _family_by_head(words) or _family_by_cue(text) or _trade_or_guide(words, text)


def _family_by_head(words: list[str]) -> str:
    heads = {name: str(family["heads"]).split() for name, family in shelf("families").items()}
    for word in reversed(words[-2:]):
        for name in _FAMILY_ORDER:
            if word in heads[name] or singularize(word) in heads[name]:
                return name
    return ""


def _family_by_cue(text: str) -> str:
    families = shelf("families")
    order = (name for name in _FAMILY_ORDER if name not in {"guide", "trade"})
    return next((name for name in order if re.search(str(families[name]["cues"]), text, re.IGNORECASE)), "")


def _trade_or_guide(words: list[str], text: str) -> str:
    is_work = bool(words) and (words[-1] in _EMPTY_HEADS or bool(_TRADE_ENDINGS.search(words[-1])))
    cues = str(shelf("families")["trade"]["cues"])
    return "trade" if is_work or re.search(cues, text, re.IGNORECASE) else "guide"


@cache
def _all_heads() -> frozenset[str]:
    return frozenset(word for family in shelf("families").values() for word in str(family["heads"]).split())


def thing_of(phrase: str) -> str:
    """ "Bike repair" of "bike repair shop", "knitting" of "knitting circle"."""
    topic = re.search(r" (?:on|about) (.+)$", phrase)
    if topic:
        return topic[1]
    words = (
        re.sub(
            r"^(?:(?:university|local|village|our|community|amateur|student|city|town|independent|family) )+",
            "",
            phrase,
        )
        .split(" of ")[0]
        .split()
    )
    ends = _EMPTY_HEADS | frozenset(
        "studio clinic agency workshop club society circle association practice office centre center class "
        "classes lessons "
        "school academy course courses salon charity campaign initiative".split()
    )
    while len(words) > 1 and words[-1].lower() in ends:
        words = words[:-1]
    return " ".join(words) or phrase


def section_named(words: str, family: str = "") -> tuple[str, Mapping[str, Any]] | None:
    """What is known of a section that somebody calls this; None when it is the name of something else."""
    text = re.sub(r"^(?:(?:an?|the|our|my|some|upcoming) )+", "", words.lower().strip())
    text = re.split(r" (?:of|about|for|from|with|where|to get) ", text, maxsplit=1)[0]
    for key, entry in shelf("sections").items():
        is_meant = family not in entry.get("never", ()) and (not family or family in entry.get("only", (family,)))
        if is_meant and re.fullmatch(rf"(?:{entry['words']})(?: section| page| tab| area| list)?", text):
            return key, entry
    return None
