"""The customer portal: where who pays for a subscription changes their card, or ends it."""

import secrets

from overskill.clients.stripe.double.book import Book
from overskill.clients.stripe.double.charging import required
from overskill.clients.stripe.double.shapes import Json

_LINK_SECONDS = 3600


def create(book: Book, asked: Json) -> Json:
    customer = book.get("customer", required(asked, "customer"), param="customer")["id"]
    word, back = secrets.token_urlsafe(16), asked.get("return_url")
    until = book.seconds + _LINK_SECONDS
    book.set(f"portal link/{word}", {"customer": customer, "until": until, "return_url": back})
    url = f"{book.site_url}/test-portal/{word}"
    return book.make("billing_portal.session", {"customer": customer, "return_url": back, "url": url})
