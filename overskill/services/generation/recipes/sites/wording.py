"""What a page says on top: its name, headline and first lines, in the prompt's own words where it has them."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.sites.facts import counted_in
from overskill.services.generation.recipes.sites.knowledge import thing_of
from overskill.services.generation.recipes.sites.plan import Plan
from overskill.services.generation.recipes.words import fingerprint, headline, is_plural, low, sentence

_SMALL_WORDS = "a an the on in at for of from"
# Families whose pages are not named after a town.
_PRIVATE = frozenset({"party", "person", "guide"})


def content_of(plan: Plan) -> dict[str, Any]:
    source = {**plan.family, **{key: value for key, value in plan.entry.items() if value != "drop"}}
    title, lead = str(source["headline"]), str(source["lead"])
    said = _said(plan)
    if said and plan.family_name == "product" and len(said) <= 80:
        title = said
    elif said:
        lead = f"{said}. {lead}"
    if plan.family_name == "cause" and (demand := _demand(plan)):
        title = demand
    if not plan.phrase.subject and not plan.entry:
        title = title.replace(", {subject}", "")
    place = plan.facts.place
    eyebrow = sentence(plan.subject)
    if re.search(r"\{(?:A_)?[sS]ubject\}", title) or plan.subject == "what we do":
        eyebrow = plan.facts.when or sentence(place)
    elif place and place[0].isupper() and not place[0].isdigit():
        eyebrow = f"{eyebrow} in {place}" if plan.facts.address.startswith("14 ") else eyebrow
    return {
        "hero": source["hero"],
        "eyebrow": eyebrow,
        "headline": title,
        "lead": lead,
        "primary": source["primary"],
        "secondary": plan.entry.get("secondary") or ["", source["secondary"][1]],
        "chips": _chips(plan),
        "subject": plan.subject,
        "the_subject": _with_determiner(plan),
        "thing": thing_of(plan.subject),
    }


def _with_determiner(plan: Plan) -> str:
    """ "The history of our village", as the prompt has it; what is mine is ours on a page."""
    found = re.search(rf"\b(the|our|my) (?=[^.,;:]{{0,20}}\b{re.escape(plan.subject)})", plan.text, re.IGNORECASE)
    return f"{found[1].lower().replace('my', 'our')} {plan.subject}" if found else plan.subject


def _demand(plan: Plan) -> str:
    """ "Save the old cinema", "Against the new highway": what a cause wants, in the prompt's words."""
    found = re.search(
        rf"\b(?:(?:save|stop|protect|rescue|against|no to|keep)(?: the| our| an?)? |"
        rf"for (?:an?|the) (?=new )){re.escape(plan.subject)}\b",
        plan.text,
        re.IGNORECASE,
    )
    return sentence(found[0]) if found else ""


def _said(plan: Plan) -> str:
    """What the prompt says beyond the subject, the place, the date and the price, which stand elsewhere."""
    facts = plan.facts
    told = [one for one in (facts.date, facts.time, facts.rhythm, facts.price, *facts.hours) if one]
    first, _, rest = plan.phrase.said.partition(",")
    said = first if any(one.lower() in rest.lower() for one in told) else plan.phrase.said
    known = re.findall(r"\w+", " ".join([plan.subject, plan.phrase.name, facts.place, *told, _SMALL_WORDS]).lower())
    unknown = [word for word in re.findall(r"\w+", said.lower()) if word not in known]
    return said if len(unknown) > 1 else ""


def _chips(plan: Plan) -> list[list[str]]:
    facts = plan.facts
    found = [
        ["CalendarDays", facts.when],
        ["Clock", facts.hours[0] if facts.hours else ""],
        ["MapPin", sentence(facts.place)],
        ["Tag", sentence(facts.price)],
        *(["CircleCheck", sentence(one)] for one in counted_in(plan.text)),
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
        .replace("{the_subject}", str(content.get("the_subject", subject)))
        .replace("{thing}", thing)
        .replace("{Thing}", sentence(thing))
    )


def _with_article(subject: str) -> str:
    last = subject.rsplit(maxsplit=1)[-1].lower()
    if is_plural(last) or last.endswith("ing") or subject[0].isupper():
        return subject
    return f"{'an' if subject[0].lower() in 'aeiou' else 'a'} {subject}"
