"""What the pages of test mode have in common: our double of Stripe, its links, and what they say of themselves."""

import asyncio
from collections.abc import Callable
from functools import partial
from html import escape

from starlette.requests import Request
from starlette.responses import Response

from overskill import container
from overskill.clients.stripe.connect import double_of
from overskill.clients.stripe.double import Json, StripeDouble
from overskill.container import Container
from overskill.errors import NotFound, OverskillError
from overskill.routes.paper import paper
from overskill.routes.requests import visitor_of
from overskill.services.billing.webhooks import take_from_double
from overskill.services.rate_limits import count_attempt

NOTE = '<p class="note"><strong>Test mode.</strong> No money moves here, and no card is asked for.</p>'
_TITLE = "Nothing is here"
_NO_DOUBLE = "This site takes real payments, so its test pages are closed."
_OVER = "This link was good for a few minutes, and they are over, or it was never one. Go back and ask for another one."


async def answered(answer: Callable[[], Response], *, way_on: tuple[str, str]) -> Response:
    """Off the event loop; a failure is a page that says how to go on."""
    try:
        return await asyncio.to_thread(answer)
    except OverskillError as error:
        return sentence(_TITLE, error.message, status=error.status, way_on=way_on)


def sentence(title: str, text: str, *, status: int = 200, way_on: tuple[str, str]) -> Response:
    """`way_on`: an address, and what the link to it says."""
    link = f'<a class="button" href="{escape(way_on[0])}">{escape(way_on[1])}</a>'
    body = f'<div class="card"><h1>{escape(title)}</h1><p>{escape(text)}</p>{link}</div>'
    return paper(f"{title} · test", f"{NOTE}{body}", status=status)


def the_double() -> StripeDouble:
    double = double_of(container.get().payments)
    if double is None:
        raise NotFound(_NO_DOUBLE)
    return double


def find_link(double: StripeDouble, word: str) -> Json:
    link = double.link(word)
    if link is None:
        raise NotFound(_OVER)
    return link


def find_object(double: StripeDouble, path: str, account_id: str = "") -> Json:
    status, found = double.answer("GET", path, {}, account_id=account_id)
    if status != 200:
        raise NotFound(_OVER)
    return found


def tell(services: Container, double: StripeDouble) -> None:
    take_from_double(double, services.payments, queue=services.queue)


def count(request: Request) -> None:
    count_attempt_of = partial(count_attempt, container.get().redis, "test-payment")
    count_attempt_of(visitor_of(request).ip, limit="60/minute")
