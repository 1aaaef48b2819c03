"""What a prompt wants a page of: its phrase, its facts, and what is known of the subject."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.sites.facts import Facts, find_facts
from overskill.services.generation.recipes.sites.knowledge import find_subject_entry, find_subject_key, guess_family
from overskill.services.generation.recipes.sites.lists import find_links, find_lists
from overskill.services.generation.recipes.sites.phrases import Phrase, find_phrase
from overskill.services.generation.recipes.subject import CONTAINERS, STOP_WORDS


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known before the sections are put together."""

    text: str
    phrase: Phrase
    facts: Facts
    entry: Mapping[str, Any]
    family_name: str

    @property
    def family(self) -> Mapping[str, Any]:
        return {"name": self.family_name, **shelf("families")[self.family_name]}

    @property
    def subject(self) -> str:
        if not self.phrase.subject and self.family_name == "guide" and self.phrase.name:
            return self.phrase.name
        return self.phrase.subject or str(self.entry.get("label", "")) or "what we do"


def make_plan(brief: Brief) -> Plan:
    text = brief.about
    phrase = _without_links(find_phrase(text), text)
    if phrase.kind and find_subject_key(phrase.kind) and not find_subject_key(phrase.subject or phrase.name):
        phrase = replace(phrase, subject=phrase.kind)
    named = phrase.subject or phrase.name
    entry = find_subject_entry(named, text)
    if phrase.name and not phrase.subject and find_subject_key(phrase.name):
        entry = find_subject_entry(phrase.name, text)
    if phrase.subject and not entry and phrase.name:
        entry = find_subject_entry(phrase.name, text)
    if not entry and not named and not _says_anything(text):
        entry = shelf("subjects")["unnamed"]
    family = str(entry.get("family") or guess_family(named, text, is_first_person=phrase.is_first_person))
    if not entry.get("label") and entry:
        entry = {**entry, "label": _key_of(entry)}
    return Plan(text=text, phrase=phrase, facts=_facts_of(text), entry=entry, family_name=family)


def _without_links(phrase: Phrase, text: str) -> Phrase:
    """Instagram, in "links to my Instagram", is not what a page is about."""
    links = find_links(text)
    is_link = bool(links) and (phrase.subject or phrase.name) in links
    return replace(phrase, subject="", name="", said="") if is_link else phrase


def _facts_of(text: str) -> Facts:
    """Without the price of a single thing on a list, which is told in its row."""
    facts = find_facts(text)
    prices = {item.price for listed in find_lists(text) for item in listed.items if item.price}
    return replace(facts, price="") if any(facts.price in one or one in facts.price for one in prices) else facts


_PAGE_WORDS = frozenset("landing homepage sales one-pager microsite responsive static generate design".split())


def _says_anything(text: str) -> bool:
    """False for "make me a website"."""
    words = re.findall(r"[^\W\d_]{3,}", text.lower())
    return any(word not in STOP_WORDS | CONTAINERS | _PAGE_WORDS for word in words)


def _key_of(entry: Mapping[str, Any]) -> str:
    return next(key.replace("-", " ") for key, one in shelf("subjects").items() if one["match"] == entry["match"])
