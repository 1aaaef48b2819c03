"""Stripe's payment page where there is no key: test mode, in which no money moves.

GET, POST /test-checkout/{session}   pay, be refused, or go back
"""

from functools import partial
from html import escape

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.clients.stripe.double import Json, Refused, StripeDouble, Way
from overskill.errors import NotFound
from overskill.routes.paper import paper
from overskill.routes.plain_page import NO_STORE
from overskill.routes.test_mode import NOTE, answered, count, find_object, sentence, tell, the_double
from overskill.services.billing.money import say

_NONE = "There is no such payment page. Begin again from the app you want to buy."
_OVER = "This payment page was open for a day, or another one took its place. Nothing was paid on it."
_PAID = "This was paid already, once. It is in your library."
_BACK = ("/explore", "Explore apps")
_WAYS: dict[str, Way] = {"card": "card", "declined": "declined", "bank": "bank", "disputed": "card"}
_COUNTRIES = {"US": "United States", "DE": "Germany", "FR": "France", "GB": "United Kingdom", "JP": "Japan"}


async def get_checkout(request: Request) -> Response:
    return await answered(lambda: _checkout_page(the_double(), request.path_params["session"]), way_on=_BACK)


async def post_checkout(request: Request) -> Response:
    async with request.form(max_files=0, max_fields=5) as form:
        wish, email, country = (str(form.get(name, ""))[:254] for name in ("way", "email", "country"))
    return await answered(partial(_pay, request, wish, email, country), way_on=_BACK)


def _pay(request: Request, wish: str, email: str, country: str) -> Response:
    count(request)
    key, double, services = request.path_params["session"], the_double(), container.get()
    session = _session(double, key)
    try:
        if wish in ("settled", "bounced"):
            session = double.settle(key, is_paid=wish == "settled")
        else:
            country = country if country in _COUNTRIES else "US"
            session = double.pay(key, way=_WAYS.get(wish, "card"), email=email, country=country)
            if wish == "disputed":
                intent = find_object(double, f"/v1/payment_intents/{session['payment_intent']}")
                double.open_dispute(intent["latest_charge"])
    except Refused:  # the page says why: an answer to the form itself could not be come back to
        tell(services, double)
        return RedirectResponse(f"/test-checkout/{key}", 303, headers=NO_STORE)
    tell(services, double)
    return RedirectResponse(session["success_url"].replace("{CHECKOUT_SESSION_ID}", key), 303, headers=NO_STORE)


def _checkout_page(double: StripeDouble, key: str) -> Response:
    session = _session(double, key)
    if session["status"] == "expired":
        return sentence(
            "This page is over", _OVER, status=410, way_on=(session["cancel_url"] or "/explore", "Back to the app")
        )
    if session["status"] == "complete" and _is_under_way(double, session):
        return paper("The bank is working on it · test", _bank_form())
    if session["status"] == "complete":
        return sentence("Paid already", _PAID, way_on=("/library", "Open your library"))
    total, each = say(session["amount_subtotal"], session["currency"]), _each(double.lines(key))
    problem = double.refusal(key)
    said = f'<p class="bad" role="alert">{escape(problem)}</p>' if problem else ""
    body = f"""{NOTE}
<div class="card"><h1>Pay {total}{each}</h1>
{_bill(double, session, total)}{said}
<form method="post">{_email_field(session)}{_country_field()}
<button class="main" name="way" value="card">Pay {total}</button>
<button name="way" value="declined" formnovalidate>Let the card be declined</button>
<details><summary>More that can happen</summary>{_more_ways(session)}</details></form>
<a class="button" href="{escape(session["cancel_url"] or "/")}">Go back without paying</a></div>"""
    return paper(f"Pay {total} · test", body)


def _is_under_way(double: StripeDouble, session: Json) -> bool:
    if session["payment_status"] != "unpaid":
        return False
    return bool(find_object(double, f"/v1/payment_intents/{session['payment_intent']}")["status"] == "processing")


def _bill(double: StripeDouble, session: Json, total: str) -> str:
    lines = "".join(
        f"<tr><td>{escape(line['name'])}{_about(line)}</td><td>{say(line['amount'], line['currency'])}</td></tr>"
        for line in double.lines(session["id"])
    )
    tax = '<p class="faint">Tax is added by the country.</p>' if session["automatic_tax"]["enabled"] else ""
    return f'<table>{lines}<tr class="total"><td>Together</td><td>{total}</td></tr></table>{tax}'


def _about(line: Json) -> str:
    return f"<br><small>{escape(line['description'])}</small>" if line["description"] else ""


def _each(lines: list[Json]) -> str:
    interval = lines[0]["interval"] if lines else ""
    return f" each {escape(interval)}" if interval else ""


def _email_field(session: Json) -> str:
    if session["customer_email"]:
        return f'<p class="label">Email</p><p>{escape(session["customer_email"])}</p>'
    return '<label for="email">Email</label><input id="email" name="email" type="email" required autocomplete="email">'


def _country_field() -> str:
    options = "".join(f'<option value="{code}">{name}</option>' for code, name in _COUNTRIES.items())
    return f'<label for="country">Country</label><select id="country" name="country">{options}</select>'


def _more_ways(session: Json) -> str:
    if session["mode"] == "subscription":
        return (
            "<p class='faint'>A subscription is renewed by itself when its time has come. From your library you get "
            "to a page where its next payment can be let come at once, or be declined.</p>"
        )
    return (
        '<button name="way" value="bank">Pay from a bank account, which takes a while</button>'
        '<button name="way" value="disputed">Pay, and let the bank take it back later</button>'
    )


def _bank_form() -> str:
    return f"""{NOTE}
<div class="card"><h1>The bank is working on it</h1><p>A debit takes days. Decide here how it ends.</p>
<form method="post"><button class="main" name="way" value="settled">The bank pays</button>
<button name="way" value="bounced">The bank refuses</button></form></div>"""


def _session(double: StripeDouble, key: str) -> Json:
    status, found = double.answer("GET", f"/v1/checkout/sessions/{key}", {})
    if status != 200:
        raise NotFound(_NONE)
    return found


routes: list[BaseRoute] = [
    Route("/test-checkout/{session}", get_checkout),
    Route("/test-checkout/{session}", post_checkout, methods=["POST"]),
]
