"""Requests to Stripe, held against its published description and against stripe-python's own types; answers, too.

The types are stricter here than type checkers are: stripe-python writes an enum as `Literal[...] | str`, which takes
any text, and a TypedDict takes what it does not know at run time. Here both are refused.
"""

import decimal
import sys
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin

import httpx
import orjson
import stripe
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from stripe import params
from stripe.params import billing_portal, checkout
from typing_extensions import is_typeddict  # it knows its own, which stripe-python uses

from overskill.clients.stripe.double.form import read_form
from overskill.clients.stripe.reading import API_VERSION
from tests.support_contract import ContractBroken, Description, description
from tests.support_stripe_answers import check_answer

_FORM = "application/x-www-form-urlencoded"
TYPES: Mapping[str, type] = {
    "GET /v1/checkout/sessions": checkout.SessionListParams,
    "POST /v1/checkout/sessions": checkout.SessionCreateParams,
    "GET /v1/checkout/sessions/{session}": checkout.SessionRetrieveParams,
    "POST /v1/checkout/sessions/{session}/expire": checkout.SessionExpireParams,
    "GET /v1/payment_intents/{intent}": params.PaymentIntentRetrieveParams,
    "GET /v1/charges/{charge}": params.ChargeRetrieveParams,
    "GET /v1/subscriptions/{subscription_exposed_id}": params.SubscriptionRetrieveParams,
    "POST /v1/subscriptions/{subscription_exposed_id}": params.SubscriptionUpdateParams,
    "DELETE /v1/subscriptions/{subscription_exposed_id}": params.SubscriptionCancelParams,
    "POST /v1/billing_portal/sessions": billing_portal.SessionCreateParams,
    "GET /v1/invoices": params.InvoiceListParams,
    "POST /v1/accounts": params.AccountCreateParams,
    "GET /v1/accounts/{account}": params.AccountRetrieveParams,
    "POST /v1/account_links": params.AccountLinkCreateParams,
    "POST /v1/accounts/{account}/login_links": params.AccountCreateLoginLinkParams,
    "GET /v1/transfers": params.TransferListParams,
    "POST /v1/transfers": params.TransferCreateParams,
    "POST /v1/transfers/{id}/reversals": params.TransferCreateReversalParams,
    "GET /v1/refunds": params.RefundListParams,
    "POST /v1/refunds": params.RefundCreateParams,
    "GET /v1/refunds/{refund}": params.RefundRetrieveParams,
    "GET /v1/disputes/{dispute}": params.DisputeRetrieveParams,
    "POST /v1/disputes/{dispute}": params.DisputeUpdateParams,
    "GET /v1/payouts": params.PayoutListParams,
    "POST /v1/payouts": params.PayoutCreateParams,
    "GET /v1/balance": params.BalanceRetrieveParams,
    "GET /v1/events": params.EventListParams,
}


@cache
def stripe_description() -> Description:
    return description("stripe")


@dataclass
class StripeContract(httpx.BaseTransport):
    """Passes on what the description and the types allow, and looks at what is answered.

    `covered` names the operations that were asked; `asked` is each request, in order.
    """

    inner: httpx.BaseTransport
    covered: set[str] = field(default_factory=set)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        operation = stripe_description().operation(request.method, request.url.path)
        is_post = request.method == "POST"
        asked = read_form(request.content.decode() if is_post else request.url.query.decode())
        check_request(operation.where, asked)
        if is_post and not request.headers.get("idempotency-key"):
            raise ContractBroken(f"{operation.where} has no idempotency key")
        if request.headers["stripe-version"] != API_VERSION:
            raise ContractBroken(f"{operation.where} asks for version {request.headers['stripe-version']}")
        self.covered.add(operation.where)
        self.asked.append((operation.where, asked))
        response = self.inner.handle_request(request)
        check_answer(orjson.loads(response.read()), f"the answer to {operation.where}")
        return response


def check_request(where: str, asked: Mapping[str, Any]) -> None:
    """Raises ContractBroken."""
    check_described(where, asked)
    check_typed(where, asked)


def check_described(where: str, asked: Mapping[str, Any]) -> None:
    """Against what Stripe publishes."""
    schema = _schema(where)
    problem = best_match(Draft202012Validator(schema).iter_errors(_typed(dict(asked), schema)))
    if problem is not None:
        raise ContractBroken(f"{where}: {problem.json_path}: {problem.message[:300]}")


def check_typed(where: str, asked: Mapping[str, Any]) -> None:
    """Against stripe-python's types."""
    _check_type(asked, TYPES[where], where, _names(TYPES[where]))


@cache
def _schema(where: str) -> dict[str, Any]:
    """Of the body or the query, with nothing in it that it does not name."""
    operation = next(each for each in stripe_description().operations if each.where == where)
    if operation.method == "POST":
        return _strict(operation.bodies[_FORM]["schema"])
    named = {each["name"]: each["schema"] for each in operation.facts["parameters"] if each["in"] == "query"}
    return _strict({"type": "object", "properties": named})


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: _strict(each) for name, each in schema.items()}
    is_object = isinstance(inner.get("properties"), dict) and inner.get("type") == "object"
    return {"additionalProperties": False, **inner} if is_object else inner


def _typed(value: Any, schema: Mapping[str, Any]) -> Any:
    """What a form can only say as a text, as what the schema wants it to be."""
    if "anyOf" in schema:
        return next((made for each in schema["anyOf"] if _fits(made := _typed(value, each), each)), value)
    if isinstance(value, dict):
        known = schema.get("properties") or {}
        other = schema.get("additionalProperties")
        inner = other if isinstance(other, dict) else {}
        return {name: _typed(each, known.get(name, inner)) for name, each in value.items()}
    if isinstance(value, list):
        return [_typed(each, schema.get("items") or {}) for each in value]
    if schema.get("type") == "integer" and value.lstrip("-").isdigit():
        return int(value)
    if schema.get("type") == "boolean" and value in ("true", "false"):
        return value == "true"
    return value


def _fits(value: Any, schema: Mapping[str, Any]) -> bool:
    return Draft202012Validator(schema).is_valid(value)


# stripe-python's types


def _names(kind: type) -> dict[str, Any]:
    """What its annotations, which are texts, may name."""
    module = sys.modules[kind.__module__]
    known = {name: getattr(typing, name) for name in typing.__all__}
    return {**known, "Decimal": decimal.Decimal, **vars(stripe), **vars(params), **vars(checkout), **vars(module)}


def _check_type(value: Any, kind: Any, where: str, names: dict[str, Any]) -> None:
    kind = _resolved(kind, names)
    origin = get_origin(kind)
    if is_typeddict(kind):
        _check_mapping(value, kind, where)
    elif origin in (Union, types.UnionType):
        _check_union(value, [_resolved(each, names) for each in get_args(kind)], where, names)
    elif origin is Literal:
        if value not in get_args(kind):
            raise ContractBroken(f"{where} is one of {', '.join(map(str, get_args(kind)))}, not {value!r}")
    elif origin in (list, typing.List):  # noqa: UP006 - as stripe-python writes it
        if not isinstance(value, list):
            raise ContractBroken(f"{where} is a list")
        for index, each in enumerate(value):
            _check_type(each, get_args(kind)[0], f"{where}[{index}]", names)
    elif origin is dict:
        for name, each in value.items():
            _check_type(each, get_args(kind)[1], f"{where}[{name}]", names)
    else:
        _check_plain(value, kind, where)


def _resolved(kind: Any, names: dict[str, Any]) -> Any:
    if isinstance(kind, typing.ForwardRef):
        kind = kind.__forward_arg__
    if isinstance(kind, str):
        kind = eval(kind, names)  # noqa: S307 - an annotation of stripe-python's
    if get_origin(kind) in (NotRequired, Required):
        return _resolved(get_args(kind)[0], names)
    return kind


def _check_mapping(value: Any, kind: Any, where: str) -> None:
    if not isinstance(value, dict):
        raise ContractBroken(f"{where} is a mapping, not {value!r}")
    names, known = _names(kind), kind.__annotations__
    if unknown := value.keys() - known.keys():
        raise ContractBroken(f"{where} takes no {', '.join(sorted(unknown))}")
    needed = {name for name, each in known.items() if not _is_optional(each)}
    if missing := needed - value.keys():
        raise ContractBroken(f"{where} lacks {', '.join(sorted(missing))}")
    for name, each in value.items():
        _check_type(each, known[name], f"{where}[{name}]", names)


def _is_optional(annotation: Any) -> bool:
    text = annotation.__forward_arg__ if isinstance(annotation, typing.ForwardRef) else str(annotation)
    return get_origin(annotation) is NotRequired or text.startswith(("NotRequired", "typing.NotRequired"))


def _check_union(value: Any, kinds: list[Any], where: str, names: dict[str, Any]) -> None:
    """`Literal[...] | str` takes what the Literal names."""
    literals = [each for each in kinds if get_origin(each) is Literal]
    if isinstance(value, str) and any(set(get_args(each)) - {""} for each in literals):
        kinds = [each for each in kinds if each is not str]
    problems = []
    for kind in kinds:
        try:
            return _check_type(value, kind, where, names)
        except ContractBroken as problem:
            problems.append(problem)
    raise max(problems, key=lambda problem: str(problem).count("["))


def _check_plain(value: Any, kind: Any, where: str) -> None:
    is_right = {
        int: lambda: isinstance(value, str) and value.lstrip("-").isdigit(),
        bool: lambda: value in ("true", "false"),
        float: lambda: isinstance(value, str) and value.replace(".", "", 1).isdigit(),
    }.get(kind, lambda: isinstance(value, str))
    if not is_right():
        raise ContractBroken(f"{where} is {kind.__name__}, not {value!r}")
