"""Stripe's pages about accounts where there is no key: test mode, in which no money moves.

GET, POST /test-onboarding/{word}   a creator sets their account up, or looks at it
GET, POST /test-portal/{word}       a buyer looks after their subscriptions: the card, the next payment, the end
"""

from contextlib import suppress
from functools import partial
from html import escape

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.clients.stripe.double import Json, Refused, StripeDouble
from overskill.clients.stripe.double.connecting import DOCUMENT
from overskill.clients.stripe.reading import moment
from overskill.errors import NotFound
from overskill.routes.paper import paper
from overskill.routes.plain_page import NO_STORE
from overskill.routes.test_mode import NOTE, answered, count, find_link, find_object, tell, the_double
from overskill.services.billing.money import say

_SELLING = ("/sell/earnings", "Back to your earnings")
_LIBRARY = ("/library", "Back to your library")
_STATES = {"active": "Active", "past_due": "The payment is late", "canceled": "Ended"}


async def get_onboarding(request: Request) -> Response:
    return await answered(lambda: _onboarding_page(the_double(), request.path_params["word"]), way_on=_SELLING)


async def post_onboarding(request: Request) -> Response:
    async with request.form(max_files=0, max_fields=5) as form:
        wish = str(form.get("wish", ""))[:40]
    return await answered(partial(_set_up, request, wish), way_on=_SELLING)


def _set_up(request: Request, wish: str) -> Response:
    count(request)
    double = the_double()
    link = find_link(double, request.path_params["word"])
    account = link["account"]
    match wish:
        case "document":
            double.onboard(account)
            double.restrict(account, DOCUMENT)
        case "look":
            double.hold_up(account, "requirements.pending_verification")
        case "refuse":
            double.hold_up(account, "rejected.fraud")
        case _:
            double.onboard(account)
    tell(container.get(), double)
    return RedirectResponse(link.get("return_url", "/sell/earnings"), 303, headers=NO_STORE)


def _onboarding_page(double: StripeDouble, word: str) -> Response:
    link = find_link(double, word)
    if "customer" in link:
        raise NotFound("This link leads to another page.")
    if "return_url" not in link:
        return paper("Your account · test", _account_body(double, link["account"]))
    body = f"""{NOTE}
<div class="card"><h1>Set up your payouts</h1>
<p>Stripe would ask for your name, your address and a bank account here. In test mode, agreeing is enough.</p>
<form method="post"><button class="main" name="wish" value="agree">Agree and go on</button>{_more_ways()}</form>
<a class="button" href="{escape(link["return_url"])}">Not now</a></div>"""
    return paper("Set up your payouts · test", body)


def _more_ways() -> str:
    return """<details><summary>More that can happen</summary>
<button name="wish" value="document">Stripe wants to see a document</button>
<button name="wish" value="look">Stripe looks at it first</button>
<button name="wish" value="refuse">Stripe refuses the account</button></details>"""


def _account_body(double: StripeDouble, account_id: str) -> str:
    balance = find_object(double, "/v1/balance", account_id)["available"]
    payouts = find_object(double, "/v1/payouts", account_id)["data"]
    rows = "".join(
        f"<tr><td>On your account</td><td>{say(each['amount'], each['currency'])}</td></tr>" for each in balance
    )
    rows += "".join(
        f"<tr><td>Payout, {escape(each['status'])}</td><td>{say(each['amount'], each['currency'])}</td></tr>"
        for each in payouts
    )
    return f"""{NOTE}
<div class="card"><h1>Your account</h1><p>What Stripe's dashboard for creators would show.</p>
<table>{rows or "<tr><td>Nothing came in yet</td><td></td></tr>"}</table>
<form method="post">{_more_ways()}</form>
<a class="button" href="/sell/earnings">Back to your earnings</a></div>"""


# The portal


async def get_portal(request: Request) -> Response:
    return await answered(lambda: _portal_page(the_double(), request.path_params["word"]), way_on=_LIBRARY)


async def post_portal(request: Request) -> Response:
    async with request.form(max_files=0, max_fields=5) as form:
        wish, key = (str(form.get(name, ""))[:80] for name in ("wish", "subscription"))
    return await answered(partial(_look_after, request, wish, key), way_on=_LIBRARY)


def _look_after(request: Request, wish: str, key: str) -> Response:
    """Only of the customer whose portal it is."""
    count(request)
    double, word = the_double(), request.path_params["word"]
    customer = _customer(double, word)
    if wish in ("works", "declines"):
        double.change_card(customer, works=wish == "works")
    elif any(each["id"] == key for each in double.subscriptions(customer)):
        with suppress(Refused):  # another tab was faster: the page shows how it is now
            _change(double, wish, key)
    tell(container.get(), double)
    return RedirectResponse(f"/test-portal/{word}", 303, headers=NO_STORE)


def _change(double: StripeDouble, wish: str, key: str) -> None:
    if wish == "renew":
        double.renew(key)
    elif wish in ("stop", "go on"):
        asked = {"cancel_at_period_end": "true" if wish == "stop" else "false"}
        double.answer("POST", f"/v1/subscriptions/{key}", asked)


def _customer(double: StripeDouble, word: str) -> str:
    link = find_link(double, word)
    if "customer" not in link:
        raise NotFound("This link leads to another page.")
    return str(link["customer"])


def _portal_page(double: StripeDouble, word: str) -> Response:
    customer = _customer(double, word)
    works = double.card_works(customer)
    card = (
        """<p>A card that works.</p>
<button name="wish" value="declines">Let its payments be declined</button>"""
        if works
        else """<p class="bad">A card that is declined.</p>
<button class="main" name="wish" value="works">Use a card that works</button>"""
    )
    body = f"""{NOTE}
<div class="card"><h1>Your card</h1><form method="post">{card}</form></div>
{"".join(_subscription(double, each) for each in double.subscriptions(customer))}
<a class="button" href="{escape(find_link(double, word)["return_url"] or "/library")}">Back to your library</a>"""
    return paper("Card and payments · test", body)


def _subscription(double: StripeDouble, subscription: Json) -> str:
    item, key = subscription["items"]["data"][0], subscription["id"]
    price = item["price"]
    invoices = double.answer("GET", "/v1/invoices", {"subscription": key, "limit": "100"})[1]["data"]
    rows = "".join(
        f"<tr><td>{moment(each['created']):%Y-%m-%d}, {'paid' if each['status'] == 'paid' else 'declined'}</td>"
        f"<td>{say(each['total'], each['currency'])}</td></tr>"
        for each in invoices
    )
    amount = say(price["unit_amount"], price["currency"])
    return f"""<div class="card"><h2>{escape(invoices[0]["lines"]["data"][0]["description"])}</h2>
<p>{amount} each {escape(price["recurring"]["interval"])}. {_standing(subscription, item)}</p><table>{rows}</table>
<form method="post"><input type="hidden" name="subscription" value="{escape(key)}">
{_wishes(subscription)}</form></div>"""


def _standing(subscription: Json, item: Json) -> str:
    until = f"{moment(item['current_period_end']):%Y-%m-%d}"
    if subscription["status"] == "active":
        return f"It ends on {until}." if subscription["cancel_at_period_end"] else f"The next payment is on {until}."
    return f"{_STATES.get(subscription['status'], subscription['status'])}."


def _wishes(subscription: Json) -> str:
    if subscription["status"] == "canceled":
        return ""
    ending = (
        '<button name="wish" value="go on">Go on with it</button>'
        if subscription["cancel_at_period_end"]
        else '<button name="wish" value="stop">Cancel at the end of what is paid</button>'
    )
    is_renewed = subscription["status"] == "active" and not subscription["cancel_at_period_end"]
    return ending + ('<button name="wish" value="renew">Let the next payment come now</button>' if is_renewed else "")


routes: list[BaseRoute] = [
    Route("/test-onboarding/{word}", get_onboarding),
    Route("/test-onboarding/{word}", post_onboarding, methods=["POST"]),
    Route("/test-portal/{word}", get_portal),
    Route("/test-portal/{word}", post_portal, methods=["POST"]),
]
