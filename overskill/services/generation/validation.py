"""Whether a message can be worked with: its length, its language, and whether it asks for harm.

The rules against harm are few and narrow: what is asked to deceive or attack people, said outright. Everything else is
the business of the model's provider, which refuses for itself.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from overskill.errors import InvalidInput
from overskill.services.apps.create import clean_prompt
from overskill.services.figures import count_words

MOST_REPEATED = 0.6  # of a long message's words may be one and the same
_LONG = 200  # words
_SAMPLE = 2_000  # characters are enough to tell a language

_SCRIPTS = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "CYRILLIC": "Cyrillic script",
    "ARABIC": "Arabic script",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "DEVANAGARI": "Devanagari script",
    "THAI": "Thai",
}
_COMMON = {
    "English": frozenset("the a an and of to for with that my i want make add is it in on show each all can".split()),
    "German": frozenset("der die das und ein eine für mit ich möchte mach bitte ist nicht zum zur den dem".split()),
    "French": frozenset("le la les un une des et pour avec je veux faire est dans mon ma mes qui sur au du".split()),
    "Spanish": frozenset("el la los las un una y para con quiero hacer es en mi mis que por del al una".split()),
    "Italian": frozenset("il lo la gli un una e per con voglio fare è nel mio mia che di del della".split()),
    "Portuguese": frozenset("o a os as um uma e para com quero fazer é no na meu minha que do da dos".split()),
    "Dutch": frozenset("de het een en voor met ik wil maak is in op mijn van dat die zijn niet".split()),
}
_FEWEST_COMMON = 2

_HARM = (
    (
        re.compile(
            r"\b(phishing\s+(page|site|kit|form|campaign|e-?mail)s?|credential[- ]harvest\w*|"
            r"steal(s|ing)?\s+([\w'’-]+\s+){0,3}"
            r"(passwords?|credentials|logins?|credit cards?|card numbers|seed phrases?|cookies))\b",
            re.IGNORECASE,
        ),
        "take people's passwords or money by deceiving them",
    ),
    (
        re.compile(
            r"\b((fake|clone|copy|replica)\w*\s+(of\s+)?(\w+\s+){0,3}(login|sign[- ]?in|bank\w*)\s+(page|site|form)\s+"
            r"(\w+\s+){0,6}(steal|collect|capture|trick|victims?))\b",
            re.IGNORECASE,
        ),
        "take people's passwords or money by deceiving them",
    ),
    (
        re.compile(
            r"\b(write|make|build|create|generate|code)\b(\s+\w+){0,4}\s+(ransomware|keylogger|malware|botnet|"
            r"crypto[- ]?jack\w*|ddos\w*)\b",
            re.IGNORECASE,
        ),
        "attack other people's machines",
    ),
    (
        re.compile(r"\b(child|minor|underage)\w*\s+(\w+\s+){0,2}(porn\w*|sexual|nude\w*|erotic\w*)\b", re.IGNORECASE),
        "hurt children",
    ),
)
_ABOUT_DEFENCE = re.compile(
    r"\b(train\w*|quiz|awareness|protect\w*|prevent\w*|detect\w*|report\w*|teach\w*|learn\w*|avoid|recogni[sz]\w*|spot\w*|"
    r"simulat\w*|educat\w*|explain\w*|warn\w*|against)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ValidPrompt:
    text: str
    language: str  # in English; "" where it can't be told
    count: int  # of words

    @property
    def words(self) -> str:
        """ "54 words, German"."""
        return ", ".join(part for part in (count_words(self.count, "word"), self.language) if part)


def validated(prompt: str) -> ValidPrompt:
    """The message, cleaned. Raises InvalidInput saying what is wrong with it, and what would be right."""
    text = clean_prompt(prompt)
    words = text.split()
    if len(words) >= _LONG and Counter(words).most_common(1)[0][1] / len(words) > MOST_REPEATED:
        raise InvalidInput(
            f"That is mostly one word, {len(words):,} times over. Say in a sentence what the app should do.",
            field="prompt",
        )
    _refuse_harm(text)
    return ValidPrompt(text, language_of(text), len(words))


def _refuse_harm(text: str) -> None:
    for pattern, what in _HARM:
        if pattern.search(text) and not _ABOUT_DEFENCE.search(text):
            raise InvalidInput(
                f"That reads like an app to {what}, so it isn't made here. If you meant something else, say what it "
                "is for.",
                field="prompt",
            )


def language_of(text: str) -> str:
    """By its script, else by its commonest words. Recipes understand English; models most languages."""
    sample = text[:_SAMPLE]
    scripts = Counter(
        unicodedata.name(letter, "").partition(" ")[0] for letter in sample if letter.isalpha() and ord(letter) > 0x2FF
    )
    letters = sum(letter.isalpha() for letter in sample)
    if scripts and sum(scripts.values()) * 2 > letters:
        for script, language in _SCRIPTS.items():
            if scripts[script] and not (script == "CJK" and (scripts["HIRAGANA"] or scripts["KATAKANA"])):
                return language
        return ""
    words = re.findall(r"[^\W\d_]+", sample.lower())
    found = {language: sum(word in common for word in words) for language, common in _COMMON.items()}
    best = max(found, key=lambda language: found[language])
    return best if found[best] >= _FEWEST_COMMON else ""
