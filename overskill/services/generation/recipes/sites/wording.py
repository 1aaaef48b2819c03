"""What a page says on top: its name, headline and first lines, in the prompt's own words where it has them."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.sites.knowledge import thing_of
from overskill.services.generation.recipes.sites.plan import Plan
from overskill.services.generation.recipes.words import fingerprint, headline, is_plural, low, sentence

_SMALL_WORDS = "a an the on in at for of from"
# Families whose pages are not named after a town.
_PRIVATE = frozenset({"party", "person", "guide"})
_COUNTED = re.compile(
    r"\b(?:since|founded in|established(?: in)?|est\.?) (?:19|20)\d\d\b|"
    r"\b(?:for )?(?:about |over |up to |more than |max(?:imum|\.)? )?\d{1,6}\+? (?:years?(?: of experience| old)?|"
    r"people|guests|places|"
    r"seats|rooms|members|students|kids|children|km|miles|players|tables|dogs|cats|animals|countries|languages|"
    r"teams|acres|hours?|"
    r"days?|weeks?|minutes?|months?)\b",
    re.IGNORECASE,
)


def content_of(plan: Plan) -> dict[str, Any]:
    source = {**plan.family, **{key: value for key, value in plan.entry.items() if value != "drop"}}
    title, lead = str(source["headline"]), str(source["lead"])
    said = plan.phrase.said if _says_more(plan) else ""
    if said and plan.family_name == "product" and len(said) <= 80:
        title = said
    elif said:
        lead = f"{said}. {lead}"
    if plan.family_name == "cause" and (demand := _demand(plan)):
        title = demand
    place = plan.facts.place
    eyebrow = sentence(plan.subject)
    if re.search(r"\{(?:A_)?[sS]ubject\}", title) or plan.subject == "what we do":
        eyebrow = plan.facts.when or (sentence(place) if place else "Welcome")
    elif place and place[0].isupper() and not place[0].isdigit():
        eyebrow = f"{eyebrow} in {place}" if plan.facts.address.startswith("14 ") else eyebrow
    return {
        "hero": source["hero"],
        "eyebrow": eyebrow,
        "headline": title,
        "lead": lead,
        "primary": source["primary"],
        "secondary": source["secondary"],
        "chips": _chips(plan),
        "subject": plan.subject,
        "thing": thing_of(plan.subject),
    }


def _demand(plan: Plan) -> str:
    """ "Save the old cinema", "Against the new highway": what a cause wants, in the prompt's words."""
    found = re.search(
        rf"\b(?:(?:save|stop|protect|rescue|against|no to|keep)(?: the| our| an?)? |for an? |"
        rf"for the ){re.escape(plan.subject)}\b",
        plan.text,
        re.IGNORECASE,
    )
    return sentence(found[0]) if found else ""


def _says_more(plan: Plan) -> bool:
    facts = plan.facts
    told = [plan.subject, plan.phrase.name, facts.when, facts.place, facts.price, *facts.hours, _SMALL_WORDS]
    known = " ".join(told)
    words = re.findall(r"\w+", plan.phrase.said.lower())
    return len([word for word in words if word not in re.findall(r"\w+", known.lower())]) > 1


def _chips(plan: Plan) -> list[list[str]]:
    facts = plan.facts
    found = [
        ["CalendarDays", facts.when],
        ["Clock", facts.hours[0] if facts.hours else ""],
        ["MapPin", sentence(facts.place)],
        ["Tag", sentence(facts.price)],
        *(["CircleCheck", sentence(one[0])] for one in _COUNTED.finditer(plan.text)),
    ]
    return [one for one in found if one[1]][:5]


def name_of(plan: Plan) -> str:
    return (_given_name(plan) or _name_by_town(plan) or _example_name(plan))[:40]


def _given_name(plan: Plan) -> str:
    phrase = plan.phrase
    if phrase.name and plan.family_name == "party" and phrase.people == (phrase.name,):
        return f"{phrase.name}'s {plan.subject}"
    if not phrase.name and plan.family_name == "person" and phrase.people:
        return phrase.people[0]
    return phrase.name


def _name_by_town(plan: Plan) -> str:
    place = plan.facts.place
    if not place or not place[0].isupper() or plan.family_name in _PRIVATE or not plan.phrase.subject:
        return ""
    town = re.sub(r"^(?:downtown|central) ", "", place.split(",")[0])
    return headline(f"{plan.phrase.subject} {town}")


def _example_name(plan: Plan) -> str:
    names = plan.entry.get("names")
    draw = fingerprint(plan.text)
    if plan.family_name == "person":
        names = names or ("Maya Lindqvist", "Jonas Weber", "Priya Nair")
    elif plan.family_name == "party" and plan.phrase.subject:
        names = None
    return str(names[draw % len(names)]) if names else headline(plan.subject)


def filled(text: str, content: Mapping[str, Any], name: str) -> str:
    """With the subject's words in place."""
    subject = str(content.get("subject", "what we do"))
    thing = str(content.get("thing", subject))
    return (
        text.replace("{name}", name)
        .replace("{subject}", low(subject) if " " not in subject or not subject[0].isupper() else subject)
        .replace("{Subject}", sentence(subject))
        .replace("{A_subject}", sentence(_with_article(subject)))
        .replace("{thing}", thing)
        .replace("{Thing}", sentence(thing))
    )


def _with_article(subject: str) -> str:
    last = subject.rsplit(maxsplit=1)[-1].lower()
    if is_plural(last) or last.endswith("ing") or subject[0].isupper():
        return subject
    return f"{'an' if subject[0].lower() in 'aeiou' else 'a'} {subject}"
