"""Receipts, to look at and to print.

GET /receipts/{purchase}  for who bought it
"""

from html import escape
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from overskill.db import in_thread
from overskill.errors import OverskillError, SignInRequired
from overskill.routes.access import signed_in
from overskill.routes.paper import paper
from overskill.routes.plain_page import NO_STORE, plain_page
from overskill.services.billing.purchase_receipts import LaterPayment, PurchaseReceipt, own_receipt
from overskill.services.locales import locale_in

_TEST = '<p class="note">Test mode: no money moved, and this is no proof of a payment.</p>'


async def get_receipt(request: Request) -> Response:
    purchase_id: UUID = request.path_params["purchase"]
    try:
        user = await signed_in(request)
        locale = locale_in(request.headers.get("accept-language", ""))
        receipt = await in_thread(own_receipt, user.id, purchase_id, locale=locale)
    except SignInRequired:
        return RedirectResponse(f"/sign-in?next=/receipts/{purchase_id}", 303, headers=NO_STORE)
    except OverskillError as error:
        return plain_page("No receipt", error.message, status=error.status, way_on=("/library", "Open your library"))
    return paper(f"Receipt {receipt.number}", _body(receipt), is_wide=True)


def _body(receipt: PurchaseReceipt) -> str:
    test = _TEST if receipt.is_test else ""
    lines = "".join(
        f"<tr><td>{escape(line.title)}<br><small>{escape(line.license)}</small></td><td>{line.amount}</td></tr>"
        for line in receipt.lines
    )
    sums = [("Discount, taken off above", receipt.discount), ("Without tax", receipt.net if receipt.tax else "")]
    sums += [("Tax", receipt.tax)]
    between = "".join(f"<tr><td>{words}</td><td>{amount}</td></tr>" for words, amount in sums if amount)
    back = f"<tr><td>Given back</td><td>−{receipt.refunded}</td></tr>" if receipt.refunded else ""
    return f"""{test}
<div class="card">
<div class="row"><h1>Receipt</h1><span class="faint">{receipt.number}</span></div>
<p class="faint">{receipt.paid_at:%-d %B %Y}, {receipt.paid_at:%H:%M} UTC</p>
<div class="row"><p>Sold by<br><strong>{escape(receipt.creator)}</strong></p>
<p>Bought by<br><strong>{escape(receipt.email)}</strong></p></div>
<table><tr><th>App</th><th class="amount">Price</th></tr>{lines}{between}
<tr class="total"><td>{_paid_words(receipt)}</td><td>{receipt.total}</td></tr>{back}</table>
{_later(receipt.later)}
</div>
<div class="screen"><p class="faint" style="margin-top:20px">To keep it, print this page or save it as a PDF (Ctrl+P).
<a href="/library">Back to your library</a></p></div>"""


def _paid_words(receipt: PurchaseReceipt) -> str:
    return f"Paid, and again each {receipt.interval}" if receipt.interval else "Paid"


def _later(payments: tuple[LaterPayment, ...]) -> str:
    if not payments:
        return ""
    rows = "".join(f"<tr><td>{each.paid_at:%-d %B %Y}</td><td>{each.total}</td></tr>" for each in payments)
    return f"<h2>Paid since</h2><table>{rows}</table>"


routes: list[BaseRoute] = [Route("/receipts/{purchase:uuid}", get_receipt)]
