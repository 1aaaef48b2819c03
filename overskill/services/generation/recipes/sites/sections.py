"""The sections of a page: those of its family, and those that somebody asks for by name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.sites.knowledge import section_named
from overskill.services.generation.recipes.sites.lists import find_lists
from overskill.services.generation.recipes.spec import Section
from overskill.services.generation.recipes.words import camel, low, sentence, singularize

_DROPPED = "drop"
_FEW = 2  # words of a heading that may name another
_LAST = frozenset({"contact", "newsletter"})
# Of these a page has one; of rows, features, stories and notes it may have several.
_SINGLE = frozenset(
    {"faq", "quotes", "people", "newsletter", "prices", "gallery", "tracks", "map", "countdown", "links"}
)


def family_sections(family: Mapping[str, Any], entry: Mapping[str, Any]) -> list[Section]:
    """The family's, with the texts and items of the subject, and the subject's own where the data has them."""
    order = list(family["sections"])
    before = ""
    for key, value in entry.items():
        if key in order:
            before = key
        elif isinstance(value, Mapping) and "kind" in value:
            order.insert(order.index(before) + 1 if before else 0, key)
            before = key
    titles = entry.get("titles", {})
    sections = []
    for key in order:
        own = entry.get(key)
        if own == _DROPPED:
            continue
        content = {**family.get(key, {}), **_own_part(own)}
        if key in titles:
            content["title"] = titles[key]
        sections.append(make_section(key, content))
    return sections


def _own_part(own: object) -> Mapping[str, Any]:
    match own:
        case Mapping():
            return own
        case list():
            return {"items": own}
        case str():
            return {"text": own}
        case _:
            return {}


def make_section(key: str, data: Mapping[str, Any]) -> Section:
    content = {name: value for name, value in data.items() if name not in {"kind", "title", "words", "already"}}
    return Section(id=camel(key), kind=data["kind"], title=data["title"], content=content)


def section_for(words: str) -> Section | None:
    """A section for what someone calls it, on any subject."""
    tries = [words, *(words[found.start() :] for found in re.finditer(r"(?<=\s)\S", words))]
    for text in tries:
        found = section_named(re.sub(r"[^\w\s'&/?-]", " ", text).strip())
        if found:
            return _titled(make_section(found[0], found[1]), text)
    return None


def asked_sections(text: str) -> list[Section]:
    """Sections named in a list: "with shows, music and a newsletter"."""
    found: dict[str, Section] = {}
    for listed in find_lists(text):
        for item in listed.items:
            named = section_named(item.name)
            if named:
                found.setdefault(named[0], _titled(make_section(*named), item.name))
    return list(found.values())


def _titled(section: Section, words: str) -> Section:
    title = title_from(words)
    return replace(section, title=title) if title else section


def title_from(words: str) -> str:
    """What someone calls a section, as its heading: "a contact form" is Contact."""
    text = re.sub(r"\s+(?:section|form|page|area|tab|part|button)$", "", words.strip(" .,:;"), flags=re.IGNORECASE)
    text = re.sub(r"^(?:an?|the|our|my|some|add|and|with)\s+", "", text, flags=re.IGNORECASE)
    known = {"faq": "Questions", "faqs": "Questions", "rsvp": "RSVP", "cv": "CV", "q&a": "Questions", "about": "About"}
    return known.get(text.lower(), sentence(text)[:48])


@dataclass
class Sections:
    """The sections of a page while it is being put together."""

    items: list[Section]
    named: set[str] = field(default_factory=set)  # ids that already carry a title from the prompt

    def get(self, section_id: str) -> Section | None:
        return next((one for one in self.items if one.id == section_id), None)

    def change(self, section_id: str, **content: Any) -> None:
        self.items = [
            replace(one, content={**one.content, **content}) if one.id == section_id else one for one in self.items
        ]

    def retitle(self, section_id: str, title: str) -> None:
        old = self.get(section_id)
        if not old or title.lower() in old.title.lower():
            self.named.add(section_id)
            return
        joined = f"{old.title} and {low(title)}" if section_id in self.named else title
        self.named.add(section_id)
        self.items = [replace(one, title=joined[:60]) if one.id == section_id else one for one in self.items]

    def add(self, section: Section, *, first: bool = False) -> None:
        if self.get(section.id):
            return
        at = len(self.items)
        while at and self.items[at - 1].kind in _LAST:
            at -= 1
        self.items.insert(0 if first else at, section)
        self.named.add(section.id)

    def only(self, section_ids: Sequence[str]) -> None:
        wanted = [one for section_id in section_ids if (one := self.get(section_id))]
        self.items = wanted or self.items

    def ask(self, words: str, family: Mapping[str, Any]) -> str:
        """Show the section that is called so, and tell its id; "" when no section is called so."""
        titled = self._titled(words)
        if titled:
            self.named.add(titled.id)
            return titled.id
        found = section_named(words, str(family["name"]))
        if not found:
            return ""
        key, entry = found
        there = self._there(key, entry, title_from(words), family)
        if not there:
            section = _titled(make_section(key, entry), words)
            self.add(section)
            return section.id
        if "form" in entry:
            self.change(there.id, form=entry["form"])
        if key == "hours":
            if not there.content.get("hours"):
                self.change(there.id, hours=entry["hours"])
            self.named.add(there.id)
        elif key == "prices" and there.id == family["main"] and "price" not in there.title.lower():
            self.named.add(there.id)
            self.retitle(there.id, "Prices")
        else:
            self.retitle(there.id, title_from(words))
        return there.id

    def _titled(self, words: str) -> Section | None:
        """ "Rooms" is the section The rooms, "animals to adopt" the section of the animals."""
        head = re.split(r" (?:to|of|for|with) ", title_from(words).lower(), maxsplit=1)[0]
        if not head or len(head.split()) > _FEW:
            return None
        for one in self.items:
            own_id = set() if one.id in shelf("sections") else {one.id.lower()}
            names = own_id | set(re.split(r" and |^the |^our ", one.title.lower()))
            if head in names or singularize(head) in {singularize(name) for name in names}:
                return one
        return None

    def _there(self, key: str, entry: Mapping[str, Any], words: str, family: Mapping[str, Any]) -> Section | None:
        for one in self.items:
            if one.id == key or one.id in entry.get("already", ()) or one.title.lower() == words.lower():
                return one
        if entry["kind"] in _SINGLE:
            same = next((one for one in self.items if one.kind == entry["kind"]), None)
            if same:
                return same
        main = self.get(str(family["main"]))
        has_prices = bool(main and main.kind == "rows" and any("$" in one[2] for one in main.content.get("items", ())))
        return main if key == "prices" and has_prices else None


def all_families() -> Mapping[str, Mapping[str, Any]]:
    return shelf("families")
