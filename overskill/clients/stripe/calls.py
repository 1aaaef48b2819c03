"""How stripe-python asks: over httpx, with our timeouts; what Stripe refuses, as sentences."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import httpx
import stripe

from overskill.errors import Conflict, InvalidInput, LimitReached, NotAllowed, NotFound, OverskillError, Unavailable

TIMEOUT = httpx.Timeout(20.0, connect=5.0)
TRIES_MORE = 2

_NO_ANSWER = "Stripe does not answer. It is tried again by itself."
_CONFLICTS = {
    "balance_insufficient": "There is not enough money at Stripe for this. Try again when there is.",
    "charge_already_refunded": "All of this payment was given back already.",
    "charge_disputed": "The buyer's bank took this payment back, so it can't be refunded. Answer the dispute.",
    "dispute_already_closed": "This dispute is closed.",
    "insufficient_capabilities_for_transfer": "This creator's account at Stripe needs setup before it can be paid.",
    "payouts_not_allowed": "Stripe does not pay out to this account yet. It needs setup.",
}
_SENTENCES = {
    "amount_too_small": "This amount is too small for a card payment.",
    "amount_too_large": "This amount is too large for one payment.",
    "account_invalid": "This account at Stripe is not ours any more. Set payouts up again.",
}

_KINDS: dict[type[stripe.StripeError], tuple[type[OverskillError], str]] = {
    stripe.RateLimitError: (LimitReached, "Stripe was asked too often. It is tried again by itself in a while."),
    stripe.AuthenticationError: (NotAllowed, "Stripe does not take this instance's key. Check STRIPE_SECRET_KEY."),
    stripe.PermissionError: (NotAllowed, "Stripe does not let this instance's key do this."),
    stripe.IdempotencyError: (Conflict, "Stripe was asked for something else with the same key before."),
}

log = logging.getLogger(__name__)


class HttpxClient(stripe.HTTPClient):
    """stripe-python tries again what may be: each POST has an idempotency key."""

    name = "httpx"

    def __init__(self, transport: httpx.BaseTransport | None = None, *, pauses: bool = True) -> None:
        super().__init__()
        self._httpx = httpx.Client(transport=transport, timeout=TIMEOUT)
        self._pauses = pauses

    def request(  # type: ignore[override] # stripe-python's own clients differ from its base class in the same way
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: str | bytes | None = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        try:
            response = self._httpx.request(method, url, headers=headers, content=post_data or None)
        except httpx.HTTPError as error:
            raise stripe.APIConnectionError(_NO_ANSWER, should_retry=True) from error  # type: ignore[no-untyped-call]
        return response.content, response.status_code, response.headers

    def close(self) -> None:
        self._httpx.close()

    def _sleep_time_seconds(self, num_retries: int) -> float:
        return super()._sleep_time_seconds(num_retries) if self._pauses else 0.0


@contextmanager
def failures_as_sentences() -> Iterator[None]:
    try:
        yield
    except stripe.StripeError as error:
        log.warning("Stripe answered %s %s: %s", error.http_status, error.code, str(error)[:200])
        raise _failure(error) from error


def _failure(error: stripe.StripeError) -> OverskillError:
    code = error.code or (error.error.code if error.error else "") or ""
    if code in _CONFLICTS:
        return Conflict(_CONFLICTS[code])
    if isinstance(error, stripe.InvalidRequestError):
        if code == "resource_missing":
            return NotFound("Stripe does not know this, or not with this instance's key.")
        return InvalidInput(_SENTENCES.get(code, f"Stripe does not take this: {_said(error)}"))
    if isinstance(error, stripe.CardError):
        return InvalidInput(_said(error))
    kind, sentence = next((found for its, found in _KINDS.items() if isinstance(error, its)), (Unavailable, _NO_ANSWER))
    return kind(_SENTENCES.get(code, sentence))


def _said(error: stripe.StripeError) -> str:
    text = (error.user_message or "it did not say why").strip()[:300]
    return text if text.endswith(".") else f"{text}."


def check_signature(body: bytes, signature: str, secrets: Sequence[str]) -> None:
    """Raises NotAllowed unless it is signed with one of the secrets, at most five minutes ago."""
    for secret in filter(None, secrets):
        try:
            stripe.Webhook.construct_event(body, signature, secret)
        except (stripe.SignatureVerificationError, ValueError):  # ValueError: not even text, or not JSON
            continue
        return
    raise NotAllowed("This delivery is not signed by Stripe for this OverSkill, or it is older than five minutes.")
