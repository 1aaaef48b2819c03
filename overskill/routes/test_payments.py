"""What Stripe's own pages are where there is no key: test mode, in which no money moves.

GET, POST /test-checkout/{session}   the payment page: pay, be refused, or go back
GET, POST /test-onboarding/{word}    a creator sets their account up, or looks at it
"""

import asyncio
from functools import partial
from html import escape

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.clients.stripe.connect import double_of
from overskill.clients.stripe.double import Json, Refused, StripeDouble, Way
from overskill.container import Container
from overskill.errors import NotFound, OverskillError
from overskill.routes.paper import paper
from overskill.routes.plain_page import NO_STORE, plain_page
from overskill.routes.requests import visitor_of
from overskill.services.billing.money import say
from overskill.services.billing.webhooks import take_from_double
from overskill.services.rate_limits import count_attempt

_TITLE = "Test payment"
_NONE = "There is no such payment page, or it is over. Begin again from the app you want to buy."
_NOTE = '<p class="note"><strong>Test mode.</strong> No money moves here, and no card is asked for.</p>'
_WAYS: dict[str, Way] = {"card": "card", "declined": "declined", "bank": "bank", "disputed": "card"}
_COUNTRIES = {"US": "United States", "DE": "Germany", "FR": "France", "GB": "United Kingdom", "JP": "Japan"}


async def get_checkout(request: Request) -> Response:
    try:
        return await asyncio.to_thread(_checkout_page, _double(), request.path_params["session"], "")
    except OverskillError as error:
        return plain_page(_TITLE, error.message, status=error.status, way_on=("/explore", "Explore apps"))


async def post_checkout(request: Request) -> Response:
    async with request.form(max_files=0, max_fields=5) as form:
        wish, email, country = (str(form.get(name, ""))[:254] for name in ("way", "email", "country"))
    key, services = request.path_params["session"], container.get()
    try:
        await _count(request)
        return await asyncio.to_thread(_pay, services, _double(), key, wish, email, country)
    except OverskillError as error:
        return plain_page(_TITLE, error.message, status=error.status, way_on=("/explore", "Explore apps"))


def _pay(services: Container, double: StripeDouble, key: str, wish: str, email: str, country: str) -> Response:
    session = _session(double, key)
    try:
        if wish in ("settled", "bounced"):
            session = double.settle(key, is_paid=wish == "settled")
        else:
            country = country if country in _COUNTRIES else "US"
            session = double.pay(key, way=_WAYS.get(wish, "card"), email=email, country=country)
            if wish == "disputed":
                intent = _object(double, f"/v1/payment_intents/{session['payment_intent']}")
                double.open_dispute(intent["latest_charge"])
    except Refused as refused:
        _tell(services, double)
        return _checkout_page(double, key, str(refused))
    _tell(services, double)
    return RedirectResponse(session["success_url"].replace("{CHECKOUT_SESSION_ID}", key), 303, headers=NO_STORE)


def _tell(services: Container, double: StripeDouble) -> None:
    take_from_double(double, services.payments, queue=services.queue)


def _checkout_page(double: StripeDouble, key: str, problem: str) -> Response:
    session = _session(double, key)
    if session["status"] == "complete" and session["payment_status"] == "unpaid":
        return paper(_TITLE, _bank_form())
    if session["status"] != "open":
        raise NotFound(_NONE)
    lines = "".join(
        f"<tr><td>{escape(line['name'])}</td><td>{say(line['amount'], line['currency'])}{_each(line)}</td></tr>"
        for line in double.lines(key)
    )
    total = say(session["amount_subtotal"], session["currency"])
    tax = "<p class='faint'>Tax is added by the country.</p>" if session["automatic_tax"]["enabled"] else ""
    said = f'<p class="bad" role="alert">{escape(problem)}</p>' if problem else ""
    body = f"""{_NOTE}
<div class="card"><h1>Pay {total}</h1>
<table>{lines}<tr class="total"><td>Together</td><td>{total}</td></tr></table>{tax}{said}
<form method="post">{_email_field(session)}{_country_field()}
<button class="main" name="way" value="card">Pay {total}</button>
<button name="way" value="declined">Let the card be declined</button>
<details><summary>More that can happen</summary>{_more_ways(session)}</details></form>
<a class="button" href="{escape(session["cancel_url"] or "/")}">Go back without paying</a></div>"""
    return paper(f"Pay {total} · test", body, status=402 if problem else 200)


def _each(line: Json) -> str:
    return f" each {escape(line['interval'])}" if line["interval"] else ""


def _email_field(session: Json) -> str:
    if session["customer_email"]:
        return f"<label>Email</label><p>{escape(session['customer_email'])}</p>"
    return '<label for="email">Email</label><input id="email" name="email" type="email" required autocomplete="email">'


def _country_field() -> str:
    options = "".join(f'<option value="{code}">{name}</option>' for code, name in _COUNTRIES.items())
    return f'<label for="country">Country</label><select id="country" name="country">{options}</select>'


def _more_ways(session: Json) -> str:
    if session["mode"] == "subscription":
        return "<p class='faint'>A subscription is renewed by itself when its time has come.</p>"
    return (
        '<button name="way" value="bank">Pay from a bank account, which takes a while</button>'
        '<button name="way" value="disputed">Pay, and let the bank take it back later</button>'
    )


def _bank_form() -> str:
    return f"""{_NOTE}
<div class="card"><h1>The bank is working on it</h1><p>A debit takes days. Decide here how it ends.</p>
<form method="post"><button class="main" name="way" value="settled">The bank pays</button>
<button name="way" value="bounced">The bank refuses</button></form></div>"""


async def get_onboarding(request: Request) -> Response:
    try:
        return await asyncio.to_thread(_onboarding_page, _double(), request.path_params["word"])
    except OverskillError as error:
        return plain_page(_TITLE, error.message, status=error.status, way_on=("/sell", "Back to selling"))


async def post_onboarding(request: Request) -> Response:
    services = container.get()
    try:
        await _count(request)
        return await asyncio.to_thread(_onboard, services, _double(), request.path_params["word"])
    except OverskillError as error:
        return plain_page(_TITLE, error.message, status=error.status, way_on=("/sell", "Back to selling"))


def _onboard(services: Container, double: StripeDouble, word: str) -> Response:
    link = _link(double, word)
    if "return_url" not in link:
        raise NotFound("This link only shows an account.")
    double.onboard(link["account"])
    _tell(services, double)
    return RedirectResponse(link["return_url"], 303, headers=NO_STORE)


def _onboarding_page(double: StripeDouble, word: str) -> Response:
    link = _link(double, word)
    if "return_url" not in link:
        return paper("Your account · test", _account_body(double, link["account"]))
    body = f"""{_NOTE}
<div class="card"><h1>Set up your payouts</h1>
<p>Stripe would ask for your name, your address and a bank account here. In test mode, agreeing is enough.</p>
<form method="post"><button class="main">Agree and go on</button></form>
<a class="button" href="{escape(link["return_url"])}">Not now</a></div>"""
    return paper("Set up your payouts · test", body)


def _account_body(double: StripeDouble, account_id: str) -> str:
    balance = _object(double, "/v1/balance", account_id)["available"]
    payouts = _object(double, "/v1/payouts", account_id)["data"]
    rows = "".join(
        f"<tr><td>On your account</td><td>{say(each['amount'], each['currency'])}</td></tr>" for each in balance
    )
    rows += "".join(
        f"<tr><td>Payout, {escape(each['status'])}</td><td>{say(each['amount'], each['currency'])}</td></tr>"
        for each in payouts
    )
    return f"""{_NOTE}
<div class="card"><h1>Your account</h1><p>What Stripe's dashboard for creators would show.</p>
<table>{rows or "<tr><td>Nothing came in yet</td><td></td></tr>"}</table>
<a class="button" href="/sell/earnings">Back to your earnings</a></div>"""


def _double() -> StripeDouble:
    double = double_of(container.get().payments)
    if double is None:
        raise NotFound(_NONE)
    return double


def _session(double: StripeDouble, key: str) -> Json:
    status, found = double.answer("GET", f"/v1/checkout/sessions/{key}", {})
    if status != 200:
        raise NotFound(_NONE)
    return found


def _object(double: StripeDouble, path: str, account_id: str = "") -> Json:
    _, found = double.answer("GET", path, {}, account_id=account_id)
    return found


def _link(double: StripeDouble, word: str) -> Json:
    link = double.link(word)
    if link is None:
        raise NotFound("This link was good for five minutes, and they are over. Ask for another one.")
    return link


async def _count(request: Request) -> None:
    ip = visitor_of(request).ip
    await asyncio.to_thread(partial(count_attempt, container.get().redis, "test-payment", ip, limit="60/minute"))


routes: list[BaseRoute] = [
    Route("/test-checkout/{session}", get_checkout),
    Route("/test-checkout/{session}", post_checkout, methods=["POST"]),
    Route("/test-onboarding/{word}", get_onboarding),
    Route("/test-onboarding/{word}", post_onboarding, methods=["POST"]),
]
