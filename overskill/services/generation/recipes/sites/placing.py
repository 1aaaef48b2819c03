"""Everything that a prompt names, put in its place on the page."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.sites.facts import calendar_day, counted_in
from overskill.services.generation.recipes.sites.items import named_items, priced_from, starting_at
from overskill.services.generation.recipes.sites.lists import Item, Listed, find_links, find_lists
from overskill.services.generation.recipes.sites.plan import Plan
from overskill.services.generation.recipes.sites.sections import Sections, make_section
from overskill.services.generation.recipes.spec import Section
from overskill.services.generation.recipes.words import sentence

_WITH_STREET = frozenset({"trade", "place", "lessons", "stay"})
# Of these the people named are the hosts, and stand in the name.
_PRIVATE = frozenset({"party", "person", "guide"})
_AMENITY = re.compile(
    r"\b(wi-?fi|internet|parking|terrace|garden|pool|sauna|view|seating|seats|delivery|takeaway|take-?away|"
    r"playground|music|"
    r"friendly|welcome|options?|access\w*|kitchen|fireplace|rooftop|patio|courtyard|outdoor|free|vegan|gluten|organic|"
    r"loyalty|card|air conditioning|shower|lockers?|bike|workshop room|charging|library|books|board games|dogs?|"
    r"space)\b",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(
    r"^(?:we|i|our|my|they|it|she|he|since|founded|established|everyone|everybody|all|there (?:is|are)|you)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:i|we)(?:'d| would)? (?:want|need|like|love to have|wish)\b|\bshould\b|\bplease\b|\bcan you\b|"
    r"\b(?:web ?site|page|site|"
    r"section|design|colou?rs?|font|button|layout|responsive|dark mode|form|gallery)\b|\b(?:it|they) (?:needs?|"
    r"must|has to)\b",
    re.IGNORECASE,
)


def place_everything(plan: Plan, sections: Sections) -> None:
    _place_lists(plan, sections)
    _place_people(plan, sections)
    _place_facts(plan, sections)
    _place_own_words(plan, sections)


def _place_lists(plan: Plan, sections: Sections) -> None:
    lists = find_lists(plan.text)
    links = find_links(plan.text)
    asked: list[str] = []
    loose: list[Item] = []
    for listed in lists:
        if listed.label and _place_labelled(plan, sections, listed):
            continue
        for item in listed.items:
            if links and (re.search(r"\blinks?\b", item.name, re.IGNORECASE) or item.name in links):
                continue
            if item.price or not (section_id := sections.ask(item.name, plan.family)):
                loose.append(item)
            else:
                asked.append(section_id)
    if links and sections.get("links"):
        sections.change("links", items=links)
    elif links:
        sections.add(make_section("links", {**shelf("sections")["links"], "items": links}), first=not asked)
    _place_loose(plan, sections, _unlike(loose, lists))
    if any(re.fullmatch(r"sections?|pages|parts", one.label) for one in lists):
        sections.only([*asked, *([] if "contact" in asked else ["contact"])] if asked else [])
    _ask_outside_lists(plan, sections)


def _unlike(loose: list[Item], lists: list[Listed]) -> list[Item]:
    """Without the names of lists of their own, and each once."""
    labels = {one.label for one in lists if one.label}
    found: dict[str, Item] = {}
    for item in loose:
        words = item.name.lower()
        if words not in labels and not re.match(r"\d+ years?\b", words):
            found.setdefault(words, item)
    return list(found.values())


def _ask_outside_lists(plan: Plan, sections: Sections) -> None:
    """ "Menu and opening hours of our bar": sections before what the page is of."""
    head = re.match(r"([^.!?:]{3,60}?) (?:of|for|at) (?:an?|our|my|the)\b", plan.text, re.IGNORECASE)
    for part in re.split(r",|\band\b", head[1] if head else ""):
        if not re.search(r"\b(?:page|site|website|portfolio)\b", part, re.IGNORECASE):
            sections.ask(part.strip(), plan.family)
    for word in ("countdown", "map", "rsvp", "newsletter", "wait list"):
        if re.search(rf"\b{word.replace(' ', ' ?')}\b", plan.text, re.IGNORECASE):
            sections.ask(word, plan.family)


def _place_labelled(plan: Plan, sections: Sections, listed: Listed) -> bool:
    """ "Three courses: beginner, advanced, kids" are the rows of a section Courses. False for a list of sections."""
    label = listed.label
    is_about_page = bool(re.search(r"\b(?:sections?|pages?|parts|site|website)$", label))
    subject_words = set(re.findall(r"\w+", f"{plan.subject} {plan.entry.get('label', '')}".lower()))
    is_subject = set(re.findall(r"\w+", label)) <= subject_words | {"my", "our", "the", "a", "an"}
    if is_about_page:
        return False
    section_id = sections.ask(label, plan.family)
    if is_subject and not section_id:
        return False
    section = sections.get(section_id or str(plan.family["main"]))
    if not section:
        return False
    if not section_id:
        sections.retitle(section.id, sentence(label))
    _fill(plan, sections, section, list(listed.items))
    return True


def _place_loose(plan: Plan, sections: Sections, loose: list[Item]) -> None:
    if not loose:
        return
    main, traits = (sections.get(str(plan.family[one])) for one in ("main", "traits"))
    if plan.family_name == "stay":
        main = traits
    amenities = [one for one in loose if traits and traits != main and not one.price and _AMENITY.search(one.name)]
    offered = [one for one in loose if one not in amenities]
    for section, items in ((traits, amenities), (main or traits, offered)):
        if items and section:
            _fill(plan, sections, section, items)
        elif items and (links := sections.get("links")):
            sections.change("links", items=[*links.content["items"], *(one.name for one in items)])
        elif items:
            texts = [one.name for one in items]
            sections.add(make_section("more", {"kind": "note", "title": "What else", "text": "", "points": texts}))


def _fill(plan: Plan, sections: Sections, section: Section, items: list[Item]) -> None:
    if section.kind in {"rows", "features", "prices", "people", "tracks", "faq", "gallery", "quotes"}:
        known = list(section.content.get("items", []))
        sections.change(section.id, items=named_items(section.kind, items, known, plan.family))
    elif section.kind == "links":
        sections.change(section.id, items=[one.name for one in items])
    else:
        sections.change(section.id, points=[one.name for one in items])


def _place_people(plan: Plan, sections: Sections) -> None:
    """ "By Anna and Tom": who they are is told, except where they are the hosts in the name."""
    by = [one for one in plan.phrase.people if one not in plan.phrase.name]
    if not by or plan.family_name in _PRIVATE:
        return
    items = [Item(name) for name in by]
    there = next((one for one in sections.items if one.kind == "people"), None)
    if there:
        _fill(plan, sections, there, items)
        return
    title = {"lessons": "Who teaches", "event": "Who is there", "media": "Who makes it"}.get(
        plan.family_name, "Who we are"
    )
    people = named_items("people", items, [], plan.family)
    sections.add(make_section("people", {"kind": "people", "title": title, "items": people[: len(by)]}))


def _place_facts(plan: Plan, sections: Sections) -> None:
    facts = plan.facts
    main = sections.get(str(plan.family["main"]))
    story = sections.get("story")
    if story and story.content.get("facts") and (counted := counted_in(plan.text)):
        sections.change("story", facts=[one.split(" ", 1) for one in counted if one[0].isdigit()])
    if facts.price:
        priced = next((one for one in sections.items if one.kind == "prices"), None) or main
        if (
            priced
            and priced.kind in {"rows", "prices"}
            and not any(facts.price in str(one) for one in priced.content["items"])
        ):
            sections.change(priced.id, items=priced_from(list(priced.content["items"]), priced.kind, facts.price))
    programme, meetings = sections.get("programme"), sections.get("meetings")
    if programme and facts.time and plan.family_name in {"event", "party"}:
        sections.change("programme", items=starting_at(list(programme.content["items"]), facts.time))
    if meetings and (facts.rhythm or facts.time):
        first = ["We meet", sentence(facts.place) or "Everyone is welcome", facts.when, ""]
        sections.change("meetings", items=[first, *list(meetings.content["items"])[1:2]])
    for one in list(sections.items):
        if one.kind in {"contact", "map"}:
            sections.change(one.id, **_contact_facts(plan, one))
        elif one.kind == "countdown":
            sections.change(one.id, **(calendar_day(facts.date) or {"days": 60}), time=facts.time)
        elif one.kind == "support" and facts.goal:
            number = round(float(re.sub(r"[^\d.]", "", facts.goal.lower().replace("k", "000")) or 0))
            mode = "give" if re.search(r"[$€£a-z]{1,7}", facts.goal.lower().replace("k", "")) else one.content["mode"]
            goal = number or one.content["goal"]
            sections.change(one.id, goal=goal, count=round(goal * 0.62), mode=mode)


def _contact_facts(plan: Plan, section: Section) -> dict[str, Any]:
    facts = plan.facts
    found: dict[str, Any] = {}
    if facts.place:
        is_town = facts.address == sentence(facts.place) or not facts.address.startswith("14 ")
        found["address"] = facts.address if plan.family_name in _WITH_STREET or is_town else sentence(facts.place)
    if facts.hours:
        found["hours"] = list(facts.hours)
    elif facts.when and plan.family_name in {"event", "party", "group", "cause"}:
        found["hours"] = [facts.when]
    found |= {key: value for key, value in (("email", facts.email), ("phone", facts.phone)) if value}
    if section.kind == "map":
        return {"address": found.get("address", _first_address(plan))}
    return found


def _first_address(plan: Plan) -> str:
    own = plan.entry.get("contact")
    theirs = dict(plan.family.get("contact", {})) | (dict(own) if isinstance(own, Mapping) else {})
    return str(theirs.get("address") or "14 Mill Lane")


def _place_own_words(plan: Plan, sections: Sections) -> None:
    """Sentences in which the writer tells something stand in the story as they are."""
    told = own_sentences(plan.text)
    if not told:
        return
    text = " ".join(told)
    story = sections.get("story") or next((one for one in sections.items if one.kind == "story"), None)
    if story:
        sections.change(story.id, text=text, facts=[])
    else:
        title = "About me" if plan.family_name == "person" else "About"
        sections.add(make_section("story", {"kind": "story", "title": title, "text": text, "facts": []}), first=True)


def own_sentences(text: str) -> list[str]:
    sentences = re.split(r"(?<=[.!?])\s+|\n+", text)
    told = [
        one.strip()
        for one in sentences[1:]
        if _OWN_WORDS.match(one.strip()) and not _WISH.search(one) and ":" not in one
    ]
    return [f"{sentence(one.rstrip('.'))}." if not one.endswith(("!", "?")) else sentence(one) for one in told][:5]
