"""Payments by Stripe: separate charges and transfers, Express accounts, Checkout on Stripe's own page."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import httpx
import orjson

from overskill.clients.stripe import reading
from overskill.clients.stripe.double import DoubleTransport, StripeDouble
from overskill.clients.stripe.facts import (
    Order,
    OrderLine,
    StripeAccount,
    StripeBalance,
    StripeCharge,
    StripeDispute,
    StripeEvent,
    StripeIntent,
    StripeInvoice,
    StripePayout,
    StripeRefund,
    StripeReversal,
    StripeSession,
    StripeSubscription,
    StripeTransfer,
)
from overskill.clients.stripe.reading import API_VERSION, REFERENCE
from overskill.config import Settings
from overskill.errors import Conflict, InvalidInput

if TYPE_CHECKING:
    from stripe import RequestOptions, StripeObject
    from stripe._v1_services import V1Services
    from stripe.params import (
        DisputeUpdateParamsEvidence,
        EventListParams,
        InvoiceListParams,
        TransferCreateParams,
        TransferListParams,
    )
    from stripe.params.checkout import (
        SessionCreateParams,
        SessionCreateParamsLineItem,
        SessionCreateParamsLineItemPriceData,
        SessionCreateParamsLineItemPriceDataProductData,
    )

_PAGE = 100
_MOST_EVENTS = 10_000


class StripePayments:
    """stripe-python is imported when it is first asked: it takes half a second.

    With a double, that answers instead of Stripe, and everything else is the same.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        double: StripeDouble | None = None,
        transport: httpx.BaseTransport | None = None,
        pauses: bool = True,
    ) -> None:
        self.double = double
        self._settings = settings
        self._transport = transport or (DoubleTransport(double) if double else None)
        self._pauses = pauses

    @property
    def is_test(self) -> bool:
        key = self._settings.stripe_secret_key.get_secret_value()
        return self.double is not None or key.startswith(("sk_test_", "rk_test_"))

    @cached_property
    def _stripe(self) -> "V1Services":
        from stripe import StripeClient

        from overskill.clients.stripe.calls import TRIES_MORE, HttpxClient

        return StripeClient(
            "sk_test_double" if self.double else self._settings.stripe_secret_key.get_secret_value(),
            stripe_version=API_VERSION,
            base_addresses={"api": self._settings.stripe_api_url},
            max_network_retries=TRIES_MORE,
            http_client=HttpxClient(self._transport, pauses=self._pauses),
        ).v1

    # Checkout

    def start_checkout(self, order: Order, *, key: str) -> StripeSession:
        made = self._ask(lambda: self._stripe.checkout.sessions.create(self._checkout(order), _once(key)))
        return reading.read_session(made)

    def _checkout(self, order: Order) -> "SessionCreateParams":
        metadata = {**order.metadata, REFERENCE: order.reference}
        asked: SessionCreateParams = {
            "mode": "subscription" if order.interval else "payment",
            "line_items": [self._line(order, line) for line in order.lines],
            "client_reference_id": order.reference,
            "metadata": metadata,
            "success_url": order.success_url,
            "cancel_url": order.cancel_url,
        }
        if order.expires_at:
            asked["expires_at"] = int(order.expires_at.timestamp())
        if order.email:
            asked["customer_email"] = order.email
        if order.interval:
            asked["subscription_data"] = {"metadata": metadata}
        else:
            asked["payment_intent_data"] = {"metadata": metadata, "transfer_group": order.reference}
            asked["invoice_creation"] = {"enabled": True}
        if self._settings.stripe_tax == "on":
            asked["automatic_tax"] = {"enabled": True}
            asked["billing_address_collection"] = "required"
            asked["tax_id_collection"] = {"enabled": True}
        return asked

    def _line(self, order: Order, line: OrderLine) -> "SessionCreateParamsLineItem":
        product: SessionCreateParamsLineItemPriceDataProductData = {"name": line.name}
        if line.description:
            product["description"] = line.description
        price: SessionCreateParamsLineItemPriceData = {
            "currency": order.currency,
            "unit_amount": line.amount,
            "product_data": product,
        }
        if order.interval:
            price["recurring"] = {"interval": order.interval}
        if self._settings.stripe_tax == "on":
            price["tax_behavior"] = "exclusive"  # it is added, whatever the account's own default is
        return {"price_data": price, "quantity": 1}

    def session(self, session_id: str) -> StripeSession:
        return reading.read_session(self._ask(lambda: self._stripe.checkout.sessions.retrieve(session_id)))

    def session_of(self, payment_intent_id: str) -> StripeSession | None:
        found = self._ask(
            lambda: self._stripe.checkout.sessions.list({"payment_intent": payment_intent_id, "limit": 1})
        )
        return next((reading.read_session(each) for each in found["data"]), None)

    def expire_session(self, session_id: str) -> StripeSession:
        try:
            return reading.read_session(self._ask(lambda: self._stripe.checkout.sessions.expire(session_id)))
        except InvalidInput as error:
            raise Conflict("This checkout is over already.") from error

    def intent(self, payment_intent_id: str) -> StripeIntent:
        return reading.read_intent(self._ask(lambda: self._stripe.payment_intents.retrieve(payment_intent_id)))

    def charge(self, charge_id: str) -> StripeCharge:
        asked = self._ask(lambda: self._stripe.charges.retrieve(charge_id, {"expand": ["balance_transaction"]}))
        return reading.read_charge(asked)

    # Subscriptions

    def subscription(self, subscription_id: str) -> StripeSubscription:
        return reading.read_subscription(self._ask(lambda: self._stripe.subscriptions.retrieve(subscription_id)))

    def end_subscription(self, subscription_id: str, *, at_once: bool, key: str) -> StripeSubscription:
        if at_once:
            ended = self._ask(lambda: self._stripe.subscriptions.cancel(subscription_id))
        else:
            wish = self._stripe.subscriptions.update
            ended = self._ask(lambda: wish(subscription_id, {"cancel_at_period_end": True}, _once(key)))
        return reading.read_subscription(ended)

    def resume_subscription(self, subscription_id: str, *, key: str) -> StripeSubscription:
        wish = self._stripe.subscriptions.update
        resumed = self._ask(lambda: wish(subscription_id, {"cancel_at_period_end": False}, _once(key)))
        return reading.read_subscription(resumed)

    def portal_link(self, customer_id: str, *, return_url: str) -> str:
        create = self._stripe.billing_portal.sessions.create
        return str(self._ask(lambda: create({"customer": customer_id, "return_url": return_url}))["url"])

    def invoice_of(self, charge_id: str) -> StripeInvoice | None:
        charge = self.charge(charge_id)
        if not charge.customer_id or not charge.payment_intent_id:
            return None
        made = self._invoices({"customer": charge.customer_id})
        return next((each for each in made if each.payment_intent_id == charge.payment_intent_id), None)

    def invoices(self, subscription_id: str) -> Sequence[StripeInvoice]:
        return self._invoices({"subscription": subscription_id})

    def _invoices(self, whose: "InvoiceListParams") -> Sequence[StripeInvoice]:
        asked: InvoiceListParams = {**whose, "limit": _PAGE, "expand": ["data.payments"]}
        return [reading.read_invoice(each) for each in self._ask(lambda: self._stripe.invoices.list(asked))["data"]]

    # Connected accounts

    def create_account(self, *, email: str, country: str, reference: str, key: str) -> StripeAccount:
        made = self._ask(
            lambda: self._stripe.accounts.create(
                {
                    "type": "express",
                    "email": email,
                    "country": country,
                    "capabilities": {"transfers": {"requested": True}},
                    "metadata": {REFERENCE: reference},
                },
                _once(key),
            )
        )
        return reading.read_account(made)

    def account(self, account_id: str) -> StripeAccount:
        return reading.read_account(self._ask(lambda: self._stripe.accounts.retrieve(account_id)))

    def onboarding_link(self, account_id: str, *, return_url: str, refresh_url: str) -> str:
        made = self._ask(
            lambda: self._stripe.account_links.create(
                {
                    "account": account_id,
                    "type": "account_onboarding",
                    "return_url": return_url,
                    "refresh_url": refresh_url,
                }
            )
        )
        return str(made["url"])

    def dashboard_link(self, account_id: str) -> str:
        try:
            return str(self._ask(lambda: self._stripe.accounts.login_links.create(account_id))["url"])
        except InvalidInput as error:
            raise Conflict("Your account at Stripe is not set up yet. Finish that first.") from error

    # Transfers

    def transfer(
        self, account_id: str, amount: int, currency: str, *, charge_id: str, group: str, reference: str, key: str
    ) -> StripeTransfer:
        asked: TransferCreateParams = {
            "destination": account_id,
            "amount": amount,
            "currency": currency,
            "transfer_group": group,
            "metadata": {REFERENCE: reference},
        }
        if charge_id:
            asked["source_transaction"] = charge_id
        return reading.read_transfer(self._ask(lambda: self._stripe.transfers.create(asked, _once(key))))

    def transfers(self, group: str) -> Sequence[StripeTransfer]:
        found: list[StripeTransfer] = []
        asked: TransferListParams = {"transfer_group": group, "limit": _PAGE}
        has_more = True
        while has_more:
            page = self._ask(lambda: self._stripe.transfers.list(asked))
            found += [reading.read_transfer(each) for each in page["data"]]
            has_more = page["has_more"]
            if found:
                asked["starting_after"] = found[-1].id
        return found

    def reverse_transfer(self, transfer_id: str, amount: int, *, key: str) -> StripeReversal:
        reverse = self._stripe.transfers.reversals.create
        return reading.read_reversal(self._ask(lambda: reverse(transfer_id, {"amount": amount}, _once(key))))

    # Refunds and disputes

    def refund(self, charge_id: str, amount: int, *, reason: str, reference: str, key: str) -> StripeRefund:
        made = self._ask(
            lambda: self._stripe.refunds.create(
                {
                    "charge": charge_id,
                    "amount": amount,
                    "reason": "requested_by_customer",
                    "metadata": {REFERENCE: reference, "reason": reason[:500]},
                },
                _once(key),
            )
        )
        return reading.read_refund(made)

    def refunds(self, charge_id: str) -> Sequence[StripeRefund]:
        found = self._ask(lambda: self._stripe.refunds.list({"charge": charge_id, "limit": _PAGE}))
        return [reading.read_refund(each) for each in found["data"]]

    def find_refund(self, refund_id: str) -> StripeRefund:
        return reading.read_refund(self._ask(lambda: self._stripe.refunds.retrieve(refund_id)))

    def dispute(self, dispute_id: str) -> StripeDispute:
        return reading.read_dispute(self._ask(lambda: self._stripe.disputes.retrieve(dispute_id)))

    def submit_evidence(
        self, dispute_id: str, evidence: Mapping[str, str], *, is_final: bool, key: str
    ) -> StripeDispute:
        said = cast("DisputeUpdateParamsEvidence", dict(evidence))
        update = self._stripe.disputes.update
        answer = self._ask(lambda: update(dispute_id, {"evidence": said, "submit": is_final}, _once(key)))
        return reading.read_dispute(answer)

    # Payouts and balances

    def pay_out(self, account_id: str, amount: int, currency: str, *, key: str) -> StripePayout:
        create, options = self._stripe.payouts.create, {**_once(key), **_as(account_id)}
        made = self._ask(lambda: create({"amount": amount, "currency": currency}, cast("RequestOptions", options)))
        return reading.read_payout(made)

    def payouts(self, account_id: str = "") -> Sequence[StripePayout]:
        found = self._ask(lambda: self._stripe.payouts.list({"limit": _PAGE}, _as(account_id)))
        return [reading.read_payout(each) for each in found["data"]]

    def balance(self, account_id: str = "") -> Sequence[StripeBalance]:
        return reading.read_balance(self._ask(lambda: self._stripe.balance.retrieve({}, _as(account_id))))

    # What happened

    def events(self, kinds: Sequence[str], *, since: datetime) -> Sequence[StripeEvent]:
        found: list[StripeEvent] = []
        asked: EventListParams = {"types": list(kinds), "created": {"gte": int(since.timestamp())}, "limit": _PAGE}
        has_more = True
        while has_more and len(found) < _MOST_EVENTS:
            page = self._ask(lambda: self._stripe.events.list(asked))
            found += [reading.read_event(each) for each in page["data"]]
            has_more = page["has_more"]
            if found:
                asked["starting_after"] = found[-1].id
        return found

    def read_event(self, body: bytes, signature: str) -> StripeEvent:
        from overskill.clients.stripe.calls import check_signature

        settings = self._settings
        secrets = (settings.stripe_webhook_secret, settings.stripe_connect_webhook_secret)
        known = (self.double.webhook_secret,) if self.double else tuple(each.get_secret_value() for each in secrets)
        check_signature(body, signature, known)
        try:
            return reading.read_event(orjson.loads(body))
        except (ValueError, KeyError, TypeError) as error:
            raise InvalidInput("This is not an event of Stripe's.") from error

    def _ask(self, call: "Callable[[], StripeObject]") -> dict[str, Any]:
        from overskill.clients.stripe.calls import failures_as_sentences

        with failures_as_sentences():
            return call().to_dict()


def _once(key: str) -> "RequestOptions":
    return {"idempotency_key": key}


def _as(account_id: str) -> "RequestOptions":
    return {"stripe_account": account_id} if account_id else {}
