"""A form that people fill in, and a page with their answers."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from overskill.services.generation.recipes.answers import example_answers
from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import unique_fields
from overskill.services.generation.recipes.form_questions import asked_questions, question
from overskill.services.generation.recipes.lexicon import search, shelf
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.phrases import short_name, title_of
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field
from overskill.services.generation.recipes.words import plain, pluralize, sentence

_FORMS = (
    r"(?:contact|sign[- ]?up|registration|application|order|feedback|intake|booking|enquiry|inquiry|request|consent|"
    r"entry|enrol\w*|adoption|volunteer|rsvp|web|online|evaluation|nomination|complaints?|referral|donation|quote)"
)
_PEOPLE_WHO = (
    r"(?:people|parents|guests|students|members|customers|clients|users|families|neighbou?rs|volunteers|players|kids|"
    r"visitors|they|everyone|anyone|patients|employees|staff|teachers|participants|colleagues)"
)
_HEAD = r"^(?:(?!\b(?:with|and|plus|including|for|about|of|has|landing|website|site|portfolio)\b)[^,.:])*?"
PATTERN = (
    rf"{_HEAD}(?:\b(?:{_FORMS} )?forms?\b(?! of\b)|\b(?:surveys?|questionnaires?|rsvps?|petitions?)\b)|"
    r"\bforms? (?:where|for|to|that|so)\b(?! (?:fill|track|log))|\bsign[- ]?up (?:sheet|form|list)\b|\bpetition\b|"
    rf"\b{_PEOPLE_WHO} (?:can |could |to |may |will |should )?(?:sign up|register|rsvp|apply|enrol+|fill (?:in|out)|"
    r"(?:give|send|leave) (?:us )?feedback|answer (?:some |a few )?questions)\b|"
    r"\b(?:collect|gather|get|ask for) (?:\w+ )?(?:feedback|rsvps|sign-?ups|registrations|signatures|responses|"
    r"answers|applications)\b|"
    r"\b(?:satisfaction|feedback|market research|exit|engagement|nps) (?:survey|questionnaire|form)\b|"
    r"\bregistration (?:page|for)\b|"
    r"\b(?:adoption|membership|event|camp|course) (?:application|registration)\b(?! track)|"
    rf"\b(?:ask|asking) (?:my |our |the )?{_PEOPLE_WHO} (?:how|what|about|for|whether|if)\b"
)
WEIGHT = 3.35
# What a form is for, when its subject is not known: an entry of the shelf, and the words that say so.
_PURPOSES = (
    (
        "survey",
        r"\bsurvey|\bquestionnaire|\bfeedback\b|\bevaluation\b|\bopinions?\b|\bask\b|\bnps\b|\bhow (?:satisfied|happy)",
    ),
    ("order", r"\border(?:s|ing)?\b"),
    ("application", r"\bappl(?:y|ication|ications|icants)\b|\bnominat"),
    ("contact", r"\bcontact\b|\benquir|\binquir|\bmessage"),
    ("party", r"\brsvps?\b"),
    ("report", r"\breports?\b|\bcomplaints?\b|\bincidents?\b"),
    ("signup", r""),
)
# Known subjects that serve a purpose by what their answers are called.
_SERVES = {"order": {"order"}, "application": {"application", "member"}, "contact": {"message"}}
_COUNT = re.compile(r"\b(\d{1,2}|three|four|five|six|seven|eight|nine|ten) (?:\w+ )?questions?\b", re.IGNORECASE)
_NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_ACTION = re.compile(
    r"\b(sign up|register|apply|rsvp|enrol+|order|give feedback|send feedback|leave feedback|book|request|report|"
    r"nominate|donate|volunteer)\b[^,.;:!?\n(]*",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\b(?:about|for|on|of)\s+((?:(?:my|our|the|an?|your)\s+)?[^\W\d_][\w' -]{1,40})", re.IGNORECASE)
_SUBJECT_END = re.compile(
    r"\b(?:about|with|that|which|where|so|who|called|named|by|asking|including)\b|[,.;:?(]", re.IGNORECASE
)
_NO_SUBJECT = re.compile(
    r"^(?:people|parents|customers|guests|users|me|us|everyone|clients|\d|name|visitors)\b", re.IGNORECASE
)
_MOST = 16


def plan(brief: Brief) -> AppSpec:
    text = brief.about
    subject = _subject(text)
    entry = _entry(text, subject)
    fields = _numbered(_questions(text, entry, subject), text, entry, subject)
    singular = str(entry["entity"])
    plural = str(entry.get("plural") or pluralize(singular))
    entity = Entity(singular, plural, str(entry["icon"]), (*fields, Field("sentOn", "Sent on", "date")))
    entity = replace(entity, samples=example_answers(entity, entry))
    title = _title(text, entry)
    intro = _about(str(entry["intro"]), subject) if subject or "{" not in entry["intro"] else "It takes a minute."
    content = {
        "title": title,
        "button": entry["button"],
        "thanks": entry["thanks"],
        "goal": _goal(text, int(entry.get("goal", 0))),
    }
    pages = [page("form", "Form", entity), page("answers", sentence(plural), entity, id="answers")]
    look = {**entry, "names": [short_name(title)]}
    return make_app(brief, "form", look, pages, entities=(entity,), tagline=intro, content=content)


def _entry(text: str, subject: str) -> Mapping[str, Any]:
    """What is known of the subject, if it serves the purpose; otherwise what serves the purpose."""
    purpose = next(name for name, pattern in _PURPOSES if re.search(pattern, text, re.IGNORECASE))
    is_survey = purpose == "survey"
    is_about = re.search(r"\babout\b", text) and is_survey
    hits = [hit for hit in search("forms", subject if is_about else text) if not hit.entry.get("generic")]
    petition = next((hit for hit in hits if hit.entry.get("petition")), None)
    if petition:
        return petition.entry
    fitting = [hit for hit in hits if bool(hit.entry.get("survey")) == is_survey]
    fitting = [hit for hit in fitting if hit.entry["entity"] in _SERVES.get(purpose, {hit.entry["entity"]})]
    if fitting:
        return fitting[0].entry
    known = shelf("forms")
    return known["feedback"] if is_survey and not subject else known[purpose]


def _subject(text: str) -> str:
    """What the form is for, with its article: "the science fair"."""
    starts = [text.lower().find("about "), 0] if re.search(r"\babout\b", text, re.IGNORECASE) else [0]
    for one in (found for start in starts for found in _SUBJECT.finditer(text, max(start, 0))):
        phrase = plain(_SUBJECT_END.split(one[1], maxsplit=1)[0])
        if phrase and not _NO_SUBJECT.match(phrase):
            return re.sub(r"^(?:my|your) ", "our ", phrase, flags=re.IGNORECASE)
    return ""


def _about(text: str, subject: str) -> str:
    return text.replace("{subject}", subject or "this")


def _title(text: str, entry: Mapping[str, Any]) -> str:
    title = sentence(re.sub(r"^(?:form to )?(?:collect|gather|get)\s+", "", title_of(text), flags=re.IGNORECASE))
    if not title or re.match(r"(?:ask|let|people|parents|customers|form where)\b", title, re.IGNORECASE):
        action = _ACTION.search(text)
        title = (title_of(action[0]) if action else "") or str(entry["title"])
    return re.sub(r"\b(?:rsvp|nps)\b", lambda found: found[0].upper(), title, flags=re.IGNORECASE)


def _questions(text: str, entry: Mapping[str, Any], subject: str) -> tuple[Field, ...]:
    asked = asked_questions(text)
    usual = [question(_about(one, subject)) for one in entry["fields"]]
    if _is_all(asked, text):
        return unique_fields([*_identity(asked, usual, entry), *asked, *_remark(asked, usual, entry)])[:_MOST]
    words = {word for one in asked for word in one.label.lower().split() if len(word) > 3}
    kept = [one for one in usual if not set(re.findall(r"\w{4,}", one.label.lower())) & words]
    at = len(kept)
    while at > 1 and kept[at - 1].type in {"longtext", "boolean"}:
        at -= 1
    return unique_fields([*kept[:at], *asked, *kept[at:]])[:_MOST]


def _is_all(asked: list[Field], text: str) -> bool:
    """Three questions are a form; so are fewer when the prompt says that these are what it asks."""
    says_so = re.search(r"\bcollect|\basks?\b|\basking\b|\bfields?\b|\?", text, re.IGNORECASE)
    return len(asked) >= 3 or bool(asked and says_so)


def _identity(asked: list[Field], usual: list[Field], entry: Mapping[str, Any]) -> list[Field]:
    """Who answers, unless that is asked already or nobody's business."""
    if entry.get("survey") or any("name" in one.label.lower() for one in asked):
        return []
    return [one for one in usual if one.required and one.label.lower().endswith("name")][:1]


def _remark(asked: list[Field], usual: list[Field], entry: Mapping[str, Any]) -> list[Field]:
    """A survey of ratings alone still lets people say something."""
    if not entry.get("survey") or any(one.type == "longtext" for one in asked):
        return []
    return [one for one in usual if one.type == "longtext"][-1:]


def _numbered(fields: tuple[Field, ...], text: str, entry: Mapping[str, Any], subject: str) -> tuple[Field, ...]:
    """ "With 5 questions": so many, filled up from what can be asked about anything."""
    counted = _COUNT.search(text)
    if not counted:
        return fields
    number = _NUMBERS.get(counted[1].lower()) or int(counted[1])
    general = shelf("forms")["survey" if subject else "feedback"]["fields"]
    more = [question(_about(one, subject)) for one in (*entry["fields"], *general)]
    return unique_fields([*fields, *more])[: max(1, min(number, _MOST))]


def _goal(text: str, usual: int) -> int:
    if not usual:
        return 0
    found = re.search(r"\b(\d[\d,.]*)\s?(k\b)?", text)
    number = int(re.sub(r"\D", "", found[1])) * (1000 if found[2] else 1) if found else 0
    return number if number >= 10 else usual
