"""What our double of Stripe answers, held against stripe-python's own classes and Stripe's published description.

The classes are of the version that is asked for. Nothing may be in an answer that they do not name, and everything that
they don't call optional has to be. The description is older: what it names as well has to be of the type it says, one
of the values it lists, and there, unless it is in `GONE_SINCE`.
"""

import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any, ClassVar, ForwardRef, Literal, Union, get_args, get_origin

import orjson
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from stripe._list_object import ListObject
from stripe._object_classes import OBJECT_CLASSES
from stripe._stripe_object import StripeObject, UntypedStripeObject

from tests.support_contract import DATA, ContractBroken

Answer = Mapping[str, Any]
# What Stripe's versions since have taken away, or moved: "2025-03-31.basil" put a subscription's period on its items,
# and an invoice's payment, tax and subscription into lists and a parent.
GONE_SINCE: Mapping[str, frozenset[str]] = {
    "invoice": frozenset(("paid", "paid_out_of_band", "total_tax_amounts")),
    "line_item": frozenset(("proration", "type")),
    "subscription": frozenset(("current_period_end", "current_period_start")),
}
_MODULES = {kind: module for module, kind in reversed(OBJECT_CLASSES.values())}
_ERROR_KINDS = ("api_error", "card_error", "idempotency_error", "invalid_request_error")


def check_answer(answer: Answer, where: str) -> None:
    """Raises ContractBroken. Of a list, each thing in it is looked at; of an event, what it is about."""
    if "error" in answer:
        _check_error(answer, where)
    elif answer["object"] == "list":
        _check_list(answer, where)
    else:
        _check_thing(answer, where)


def _check_error(answer: Answer, where: str) -> None:
    _check_described(answer, "error", where)
    error = answer["error"]
    if answer.keys() != {"error"} or error["type"] not in _ERROR_KINDS or not error.get("message"):
        raise ContractBroken(f"{where}: {error} is no error of Stripe's")
    if unknown := error.keys() - {"type", "message", "code", "param", "decline_code", "doc_url"}:
        raise ContractBroken(f"{where}: an error has no {', '.join(sorted(unknown))}")


def _check_list(answer: Answer, where: str) -> None:
    if answer.keys() != {"object", "data", "has_more", "url"} or not isinstance(answer["has_more"], bool):
        raise ContractBroken(f"{where} is no list of Stripe's: {', '.join(answer)}")
    for index, each in enumerate(answer["data"]):
        check_answer(each, f"{where}[{index}]")


def _check_thing(thing: Answer, where: str) -> None:
    name = str(thing["object"])
    if name not in OBJECT_CLASSES:
        raise ContractBroken(f"{where}: Stripe has no {name}")
    module, kind = OBJECT_CLASSES[name]
    _check_type(thing, getattr(import_module(module), kind), where)
    _check_described(thing, name, where)
    if name == "event":
        _check_thing(thing["data"]["object"], f"{where}, {thing['type']}")


# stripe-python's classes


@cache
def _named(kind: type) -> dict[str, Any]:
    """Its fields, and what may be in them."""
    found = {name: each for base in reversed(_own(kind)) for name, each in base.__annotations__.items()}
    return {name: each for name, each in found.items() if get_origin(each) is not ClassVar and not name.startswith("_")}


def _own(kind: type) -> list[type]:
    return [base for base in kind.__mro__ if "__annotations__" in vars(base) and base is not StripeObject]


def _resolved(kind: str | ForwardRef) -> type:
    name = kind if isinstance(kind, str) else kind.__forward_arg__
    found: type = getattr(import_module(_MODULES[name]), name)
    return found


def _check_type(value: Any, kind: Any, where: str) -> None:
    kind = _resolved(kind) if isinstance(kind, str | ForwardRef) else kind
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        _check_union(value, inside, where)
    elif origin is Literal:
        if value not in inside:
            raise ContractBroken(f"{where} is one of {', '.join(map(str, inside))}, not {value!r}")
    elif origin in (list, typing.List):  # noqa: UP006 - as stripe-python writes it
        _check_each(value, list, inside[0], where)
    elif origin is dict or origin is UntypedStripeObject:
        _check_each(value, dict, inside[-1], where)
    elif origin is ListObject:
        _check_inner_list(value, inside[0], where)
    elif isinstance(kind, type) and issubclass(kind, StripeObject):
        _check_fields(value, kind, where)
    else:
        _check_plain(value, kind, where)


def _check_plain(value: Any, kind: Any, where: str) -> None:
    if kind is Decimal:  # a text on the wire
        kind, value = str, value if isinstance(value, str) and value.replace(".", "", 1).isdigit() else None
    if kind is not Any and type(value) is not kind and not (kind is float and type(value) is int):
        raise ContractBroken(f"{where} is {getattr(kind, '__name__', kind)}, not {value!r}")


def _check_union(value: Any, kinds: tuple[Any, ...], where: str) -> None:
    """`Literal[...] | str` takes what the Literal names."""
    if isinstance(value, str) and any(get_origin(each) is Literal for each in kinds):
        kinds = tuple(each for each in kinds if each is not str)
    if isinstance(value, dict):
        kinds = tuple(each for each in kinds if each not in (str, type(None)))
    problems = []
    for kind in kinds:
        try:
            return _check_type(value, kind, where)
        except ContractBroken as problem:
            problems.append(problem)
    raise max(problems, key=lambda problem: len(str(problem).partition(" ")[0]))


def _check_each(value: Any, shape: type, kind: Any, where: str) -> None:
    if not isinstance(value, shape):
        raise ContractBroken(f"{where} is a {shape.__name__}, not {value!r}")
    for name, each in value.items() if isinstance(value, dict) else enumerate(value):
        _check_type(each, kind, f"{where}[{name}]")


def _check_inner_list(value: Any, kind: Any, where: str) -> None:
    if not isinstance(value, dict) or value.keys() != {"object", "data", "has_more", "url"}:
        raise ContractBroken(f"{where} is no list of Stripe's: {value!r}")
    for index, each in enumerate(value["data"]):
        _check_type(each, kind, f"{where}[{index}]")


def _check_fields(value: Any, kind: type, where: str) -> None:
    if not isinstance(value, dict):
        raise ContractBroken(f"{where} is a {kind.__name__}, not {value!r}")
    known = _named(kind)
    if not known:  # such as an event's data: its kind says what it is
        return
    if unknown := value.keys() - known.keys():
        raise ContractBroken(f"{where} has no {', '.join(sorted(unknown))}")
    needed = {name for name, each in known.items() if type(None) not in get_args(each) and each is not Any}
    if missing := needed - value.keys():
        raise ContractBroken(f"{where} lacks {', '.join(sorted(missing))}")
    for name, each in value.items():
        _check_type(each, known[name], f"{where}.{name}")


# Stripe's description


@cache
def _described() -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads((DATA / "stripe" / "answers.json").read_bytes())
    for name, gone in GONE_SINCE.items():
        schema = document["components"]["schemas"][name]
        schema["required"] = sorted(set(schema["required"]) - gone)
    return document


def _check_described(thing: Answer, name: str, where: str) -> None:
    schemas = _described()["components"]["schemas"]
    if name not in schemas:
        raise ContractBroken(f"{where}: Stripe's description has no {name}")
    whole = {**schemas[name], **_described()}
    problem = best_match(Draft202012Validator(whole).iter_errors(dict(thing)))
    if problem is not None:
        raise ContractBroken(f"{where}: {problem.json_path}: {problem.message[:300]}")
