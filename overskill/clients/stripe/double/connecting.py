"""Connect: creators' accounts, links to set them up, transfers to them and back."""

import secrets
from typing import Literal

from overskill.clients.stripe.double.book import Book, Refused
from overskill.clients.stripe.double.charging import required, say, whole_number
from overskill.clients.stripe.double.shapes import Json, listed

_WANTED = ["external_account", "individual.first_name", "individual.last_name", "tos_acceptance.date"]
DOCUMENT = "individual.verification.document"
HeldUp = Literal["requirements.pending_verification", "rejected.fraud"]
_LINK_SECONDS = 300
_TYPES = ("custom", "express", "standard")
_CURRENCIES = {"DE": "eur", "FR": "eur", "GB": "gbp", "JP": "jpy", "NL": "eur", "US": "usd"}


def create_account(book: Book, asked: Json) -> Json:
    if asked.get("type") not in _TYPES:
        raise Refused(400, f"Invalid type: must be one of {', '.join(_TYPES)}", param="type")
    country = asked.get("country") or "US"
    if len(country) != 2 or not country.isalpha():
        raise Refused(400, f"Country '{country}' is unknown. Try using a 2-character alphanumeric country code.")
    wished = asked.get("capabilities") or {}
    return book.make(
        "account",
        {
            "capabilities": dict.fromkeys(wished, "inactive"),
            "charges_enabled": False,
            "country": country.upper(),
            "default_currency": _CURRENCIES.get(country.upper(), "usd"),
            "details_submitted": False,
            "email": asked.get("email"),
            "metadata": asked.get("metadata") or {},
            "payouts_enabled": False,
            "requirements": _requirements(_WANTED, "requirements.past_due"),
            "type": asked["type"],
        },
    )


def _requirements(due: list[str], disabled_reason: str | None, *, looked_at: tuple[str, ...] = ()) -> Json:
    return {
        "alternatives": [],
        "current_deadline": None,
        "currently_due": due,
        "disabled_reason": disabled_reason,
        "errors": [],
        "eventually_due": due,
        "past_due": due if disabled_reason == "requirements.past_due" else [],
        "pending_verification": list(looked_at),
    }


def get_account(book: Book, _: Json, key: str) -> Json:
    found = book.find("account", key)
    if found is None:
        message = f"The provided key does not have access to account '{key}' (or that account does not exist)."
        raise Refused(403, message, code="account_invalid")
    return found


def create_link(book: Book, asked: Json) -> Json:
    account = get_account(book, {}, required(asked, "account"))
    if asked.get("type") not in ("account_onboarding", "account_update"):
        raise Refused(400, "Invalid type: must be one of account_onboarding or account_update", param="type")
    links = {"return_url": required(asked, "return_url"), "refresh_url": required(asked, "refresh_url")}
    key, until = secrets.token_urlsafe(16), book.seconds + _LINK_SECONDS
    book.set(f"account link/{key}", {"account": account["id"], "until": until, **links})
    url = f"{book.site_url}/test-onboarding/{key}"
    return {"object": "account_link", "created": book.seconds, "expires_at": until, "url": url}


def create_login_link(book: Book, _: Json, key: str) -> Json:
    account = get_account(book, {}, key)
    if not account["details_submitted"]:
        raise Refused(400, "Cannot create a login link for an account that has not completed onboarding.")
    word = secrets.token_urlsafe(16)
    book.set(f"login link/{word}", {"account": key, "until": book.seconds + _LINK_SECONDS})
    url = f"{book.site_url}/test-onboarding/{word}"
    return {"object": "login_link", "created": book.seconds, "url": url}


def onboard(book: Book, key: str) -> Json:
    """Its owner answered everything, and Stripe is content."""
    account = get_account(book, {}, key)
    account.update(
        details_submitted=True,
        payouts_enabled=True,
        capabilities=dict.fromkeys(account["capabilities"], "active"),
        requirements=_requirements([], None),
    )
    book.put(account)
    if key not in book.ids("accounts"):
        book.add("accounts", key)
        book.set(f"paid out/{key}", book.seconds)
    book.tell("account.updated", account, account_id=key)
    return account


def restrict(book: Book, key: str, wanted: list[str]) -> Json:
    """Stripe wants to know more before it pays out."""
    account = get_account(book, {}, key)
    account.update(payouts_enabled=False, requirements=_requirements(wanted, "requirements.past_due"))
    book.put(account)
    book.tell("account.updated", account, account_id=key)
    return account


def hold_up(book: Book, key: str, reason: HeldUp) -> Json:
    """Its owner answered everything; Stripe looks at it, or wants nothing to do with it."""
    account = get_account(book, {}, key)
    is_looked_at = reason == "requirements.pending_verification"
    account.update(
        details_submitted=True,
        payouts_enabled=False,
        capabilities=dict.fromkeys(account["capabilities"], "pending" if is_looked_at else "inactive"),
        requirements=_requirements([], reason, looked_at=(DOCUMENT,) if is_looked_at else ()),
    )
    book.put(account)
    book.tell("account.updated", account, account_id=key)
    return account


# Transfers


def create_transfer(book: Book, asked: Json) -> Json:
    amount, currency = whole_number(asked, "amount"), str(required(asked, "currency")).lower()
    account = book.find("account", str(required(asked, "destination")))
    if account is None:
        message = f"No such destination: '{asked['destination']}'"
        raise Refused(400, message, code="resource_missing", param="destination")
    if account["capabilities"].get("transfers") != "active":
        message = (
            "Your destination account needs to have at least one of the following capabilities enabled: "
            "transfers, crypto_transfers, legacy_payments"
        )
        raise Refused(400, message, code="insufficient_capabilities_for_transfer")
    _check_funds(book, asked.get("source_transaction", ""), amount, currency)
    transfer = book.make(
        "transfer",
        {
            "amount": amount,
            "amount_reversed": 0,
            "currency": currency,
            "destination": account["id"],
            "metadata": asked.get("metadata") or {},
            "reversed": False,
            "source_transaction": asked.get("source_transaction"),
            "transfer_group": asked.get("transfer_group"),
        },
    )
    transfer["reversals"] = listed([], f"/v1/transfers/{transfer['id']}/reversals")
    book.put(transfer)
    book.move("", currency, -amount)
    book.move(account["id"], currency, amount)
    book.add(f"transfers/{asked.get('transfer_group', '')}", transfer["id"])
    book.tell("transfer.created", transfer)
    return transfer


def _check_funds(book: Book, charge_id: str, amount: int, currency: str) -> None:
    if not charge_id:
        if book.balance("", currency) < amount:
            message = (
                "You have insufficient available funds in your Stripe account. Try adding funds directly to your "
                "available balance by creating Charges using the 4000000000000077 test card."
            )
            raise Refused(400, message, code="balance_insufficient")
        return
    charge = book.get("charge", charge_id, param="source_transaction")
    if charge["currency"] != currency:
        message = (
            "The currency of source_transaction's balance transaction must be the same as the transfer currency "
            f"({charge['currency']}, {currency})"
        )
        raise Refused(400, message, param="currency")
    used = book.value(f"transferred/{charge_id}", 0)
    if used + amount > charge["amount"]:
        message = (
            "Funds for this transfer are not enough: a charge's transfers can't be more than its amount "
            f"({say(charge['amount'], currency)})."
        )
        raise Refused(400, message, param="amount")
    book.set(f"transferred/{charge_id}", used + amount)


def list_transfers(book: Book, asked: Json) -> list[Json]:
    return [book.get("transfer", each) for each in book.ids(f"transfers/{asked.get('transfer_group', '')}")]


def create_reversal(book: Book, asked: Json, key: str) -> Json:
    transfer = book.get("transfer", key, param="transfer")
    left, currency = transfer["amount"] - transfer["amount_reversed"], transfer["currency"]
    if left == 0:
        raise Refused(400, f"Transfer {key} is already fully reversed.")
    amount = whole_number(asked, "amount") if "amount" in asked else left
    if amount > left:
        message = (
            f"Transfer reversal amount ({say(amount, currency)}) is greater than unreversed amount on transfer "
            f"({say(left, currency)})"
        )
        raise Refused(400, message, param="amount")
    if book.balance(transfer["destination"], currency) < amount:
        message = "The connected account does not have sufficient funds in their Stripe balance for this reversal."
        raise Refused(400, message, code="balance_insufficient")
    book.move(transfer["destination"], currency, -amount)
    book.move("", currency, amount)
    reversal = book.make(
        "transfer_reversal",
        {"amount": amount, "currency": currency, "metadata": asked.get("metadata") or {}, "transfer": key},
    )
    transfer.update(amount_reversed=transfer["amount_reversed"] + amount, reversed=amount == left)
    transfer["reversals"]["data"].insert(0, reversal)
    book.put(transfer)
    if charge := transfer["source_transaction"]:
        book.set(f"transferred/{charge}", book.value(f"transferred/{charge}", 0) - amount)
    book.tell("transfer.reversed", transfer)
    return reversal
