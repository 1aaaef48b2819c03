"""Invoices, quotes, receipts, orders: documents with lines, totals that compute, and a page to print."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import search, shelf
from overskill.services.generation.recipes.making import make_app, page, with_fields
from overskill.services.generation.recipes.named import find_audience
from overskill.services.generation.recipes.phrases import title_of
from overskill.services.generation.recipes.samples import fill_samples
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, Sample
from overskill.services.generation.recipes.words import headline, low, pluralize, sentence

_PAPER = r"(?:invoices?|quotes?|quotations?|estimates?|receipts?|bills?|purchase orders?|cost estimates?)"
_NO_SAYING = r"(?:invoices?|quotations?|estimates?|receipts?|bills?|purchase orders?)"
_MAKER = r"(?:maker|generator|builder|creator|writer|template|app|software|tool|calculator|program|editor)"
_WRITE = r"(?:make|making|create|creating|write|writing|generate|generating|print|printing|issue|build)s?"
PATTERN = (
    rf"\b{_NO_SAYING} {_MAKER}\b(?! to (?:track|collect))|\binvoicing\b|"
    rf"\bquotes? (?:and \w+ )?{_MAKER}\b(?= for (?:an?|my|our|the) (?!instagram|day\b|morning))|"
    rf"\b{_WRITE} (?:(?:an?|my|our|pdf|simple|nice|professional|printable) )*{_PAPER}\b|"
    rf"\b{_PAPER}\b[^.;]{{0,60}}\b(?:(?:rate|price) per|per (?:word|hour|day|page|m2|lesson|night|km)|hourly|"
    r"by the (?:hour|word|day)|quantity|line items?|lines|subtotals?|"
    r"(?:with|plus|including|and|%) (?:vat|tax|discount))\b|"
    r"\b(?:turns?|turned) into (?:an? )?invoices?\b|\border totals?\b|\bpacking slips?\b|"
    rf"\b(?:line items?|hours|words)\b[^.;]{{0,40}}\b{_PAPER}\b|\btimesheet invoices?\b|\bpurchase orders?\b|"
    r"\border forms? (?:with )?totals?\b|\border form\b[^.;]{0,50}\b(?:totals?|prices?|quantit\w+)\b|"
    r"\bpro ?forma\b|\bbilling (?:app|tool|system|software)\b"
)
WEIGHT = 4.2
_RATE = re.compile(
    r"\b(?P<what>rate|price|cost|fee|charge) (?:per|a|an|for each|by the) (?P<unit>[a-z²2]+)", re.IGNORECASE
)
_BY = re.compile(
    r"\b(?:by the|per|an(?= hour)) (?P<unit>hour|word|day|page|lesson|night|km|kilomet\w+|mile|guest|m2|m²)\b|"
    r"\b(?P<ly>hourly|daily)\b",
    re.IGNORECASE,
)
_UNITS = {"m2": "Square metres", "m²": "Square metres", "km": "Kilometres", "sqm": "Square metres"}
_TAX_NAME = r"(?:vat|gst|(?:sales )?tax(?:es)?|mwst|hst)"
_TAX = re.compile(rf"\b{_TAX_NAME}\b", re.IGNORECASE)
_TAX_RATE = re.compile(
    rf"(?P<rate>\d{{1,2}}(?:\.\d)?) ?% ?(?:of )?{_TAX_NAME}|{_TAX_NAME}(?: of| at|:)? (?P<after>\d{{1,2}}(?:\.\d)?) ?%",
    re.IGNORECASE,
)
_USUAL_TAX = {"VAT": 20.0, "GST": 10.0, "Tax": 8.0}
_CURRENCIES = (
    (r"€|\beuros?\b|\beur\b", "EUR"),
    (r"£|\bpounds?\b|\bgbp\b", "GBP"),
    (r"\bchf\b|\bfrancs?\b", "CHF"),
    (r"\b(?:cad|canadian dollars?)\b", "CAD"),
    (r"\b(?:aud|australian dollars?)\b", "AUD"),
    (r"₹|\brupees?\b|\binr\b", "INR"),
    (r"", "USD"),
)
_CLIENTS = ("Harper & Co", "Brightside Studio", "City Museum", "Fjord Health")
_DAYS_AGO = (2, 16, 31, 47)
_DUE_AFTER = 14
_OWN_WORDS = frozenset(
    "number client customer date due status line lines item items quantity rate price amount total totals subtotal tax "
    "vat gst discount notes words word hours hour days description details sender company valid per computed printable "
    "print name task logo my your pdf".split()
)


def plan(brief: Brief) -> AppSpec:
    text = brief.about
    hits = search("papers", text)
    papers = [hit for hit in hits if "states" in hit.entry]
    paper = min(papers, key=lambda hit: text.lower().find(hit.word.replace("-", " "))).entry if papers else None
    paper = paper or shelf("papers")["invoice"]
    usual = "items" if paper["prefix"] in {"ORD-", "R-"} else "hours"
    work = next((hit.entry for hit in hits if "lines" in hit.entry), shelf("papers")[usual])
    columns = _columns(text, work)
    if columns["quantity"] != work["quantity"]:
        work = _unknown_work(columns)
    tax_name, tax = _tax(text)
    entity = _documents(brief, paper, (tax_name, tax), columns)
    currency = next(code for pattern, code in _CURRENCIES if re.search(pattern, text, re.IGNORECASE))
    content = {"currency": currency, "prefix": paper["prefix"], "lines": _lines(work, len(entity.samples))}
    return make_app(
        brief,
        "invoice",
        {**paper, "names": [_name(text, paper)]},
        [page("documents", sentence(entity.plural), entity, id="documents")],
        entities=(entity,),
        content=columns | content,
        tagline=_tagline(text, paper, columns),
    )


def _columns(text: str, work: Mapping[str, Any]) -> dict[str, str]:
    """What a line is, how much of it, and what one costs: in the prompt's words where it has them."""
    line, quantity, rate = str(work["line"]), str(work["quantity"]), str(work["rate"])
    priced, by = _RATE.search(text), _BY.search(text)
    if priced:
        unit = priced["unit"].lower()
        quantity = _UNITS.get(unit, sentence(pluralize(unit)))
        rate = f"{sentence(priced['what'].lower())} per {unit.replace('m2', 'm²')}"
    elif by and by["unit"]:
        unit = by["unit"].lower()
        quantity = _UNITS.get(unit, sentence(pluralize(unit)))
        rate = "Hourly rate" if unit == "hour" else f"Rate per {unit}"
    elif by:
        quantity, rate = ("Hours", "Hourly rate") if by["ly"].lower() == "hourly" else ("Days", "Day rate")
    return {"line": line, "quantity": quantity, "rate": rate}


def _unknown_work(columns: Mapping[str, str]) -> Mapping[str, Any]:
    """Examples for a unit that nobody has a list for: walks, pages, portraits."""
    many = columns["quantity"]
    return {"lines": [[f"{many}, first week", 5, 18], [f"{many}, second week", 4, 18], ["Extra on Sunday", 1, 22]]}


def _tax(text: str) -> tuple[str, float]:
    found, rate = _TAX.search(text), _TAX_RATE.search(text)
    if not found:
        return ("VAT", 0.0) if re.search(r"€|£|\beuros?\b|\bpounds?\b", text, re.IGNORECASE) else ("Tax", 0.0)
    name = {"gst": "GST", "hst": "GST"}.get(found[0].lower(), "Tax" if "tax" in found[0].lower() else "VAT")
    return name, float(rate["rate"] or rate["after"]) if rate else _USUAL_TAX[name]


def _documents(brief: Brief, paper: Mapping[str, Any], tax: tuple[str, float], columns: Mapping[str, str]) -> Entity:
    states = tuple(paper["states"])
    fields = [
        field_from_notation("Number!"),
        field_from_notation("Client: text"),
        field_from_notation("Client address: longtext"),
        field_from_notation("Date: date"),
        *([Field("due", str(paper["due"]), "date")] if paper["due"] else []),
        Field("status", "Status", "select", states),
        Field("discount", "Discount", "number", unit="%"),
        Field("tax", tax[0], "number", unit="%"),
        field_from_notation("Notes: longtext"),
    ]
    rows = tuple(_document(paper, place, states, tax[1]) for place in range(len(_CLIENTS)))
    entity = Entity(str(paper["one"]), pluralize(str(paper["one"])), str(paper["icon"]), tuple(fields), samples=rows)
    taken = _OWN_WORDS | {word for label in columns.values() for word in label.lower().split()}
    asked = [replace(one, type="text") for one in brief.fields if _is_more(one, taken)]
    return fill_samples(with_fields(entity, asked))


def _document(paper: Mapping[str, Any], place: int, states: Sequence[str], tax: float) -> Sample:
    row: dict[str, str | int | float | bool] = {
        "number": f"{paper['prefix']}{1004 - place}",
        "client": _CLIENTS[place],
        "clientAddress": f"{12 + place * 7} Mill Lane\nOld Town",
        "date": -_DAYS_AGO[place],
        "status": states[min(place, len(states) - 1)],
        "discount": 5 if place == 1 else 0,
        "tax": tax,
        "notes": "Thank you for your trust." if place == 0 else "",
    }
    if paper["due"]:
        row["due"] = _DUE_AFTER - _DAYS_AGO[place]
    return row


def _is_more(field: Field, taken: frozenset[str]) -> bool:
    """What is asked for and no document has anyway: a project, a purchase order number."""
    words = set(re.findall(r"[a-z]+", field.label.lower()))
    return (
        field.type in {"text", "number", "email", "phone"}
        and len(words) <= 3
        and bool(words - taken)
        and "%" not in field.label
    )


def _lines(work: Mapping[str, Any], count: int) -> list[list[list[Any]]]:
    """The lines of each example: two or three of the usual ones, never the same."""
    usual = [list(one) for one in work["lines"]]
    return [
        [usual[(place + number) % len(usual)] for number in range(min(len(usual), 3 - place % 2))]
        for place in range(count)
    ]


def _name(text: str, paper: Mapping[str, Any]) -> str:
    said = title_of(text)
    if 2 <= len(said.split()) <= 4 and re.search(rf"\b{_PAPER}\b|order form", said, re.IGNORECASE):
        return headline(said)
    return headline(pluralize(str(paper["one"])))


def _tagline(text: str, paper: Mapping[str, Any], columns: Mapping[str, str]) -> str:
    audience = find_audience(text)
    whom = f" for {audience}" if audience else ""
    priced = f"{low(columns['quantity'])} times {low(columns['rate'])}"
    return f"{sentence(pluralize(str(paper['one'])))}{whom} that add up by themselves: {priced}, ready to print."
