"""What browsers send to event handlers. Whoever opens the websocket can call any of them with anything, so the types
that handlers declare are checked before one runs; what the words mean is checked by whoever uses them."""

import re
from collections.abc import Iterator
from functools import cache
from inspect import signature
from typing import Any, get_type_hints
from uuid import UUID

import reflex as rx
from pydantic import TypeAdapter
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState
from reflex_base.event import Event, EventHandler
from reflex_base.registry import RegistrationContext
from reflex_base.utils.form import transform_form_data

from overskill.errors import InvalidInput, NotFound

LARGEST_NUMBER = 2**31 - 1  # of a Postgres integer
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_OURS = __name__.partition(".")[0]
_UNREADABLE = "The page sent something that can't be read. Reload it, then try again."


class ArgumentCheck(Middleware):
    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> None:  # noqa: ARG002
        """Raises InvalidInput for a call that no page of ours makes."""
        called = RegistrationContext.get().event_handlers[event.name]
        if _is_ours(called.states[0]) and not (_is_ours(called.handler.fn) and fits(called.handler, event.payload)):
            raise InvalidInput(_UNREADABLE)


def id_in(text: str, missing: str) -> UUID:
    """The id in an argument. Raises NotFound with these words."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(missing) from None


def fits(handler: EventHandler, payload: dict[str, Any]) -> bool:
    """Whether these arguments are what the handler declares, and Postgres could keep them."""
    hints = get_type_hints(handler.fn)
    try:
        signature(handler.fn).bind(None, **payload)
        values = {name: transform_form_data(value, hints[name]) for name, value in payload.items()}
        for name, value in values.items():
            _checker(hints[name]).validate_python(value, strict=True)
    except (TypeError, ValueError):
        return False
    return all(_can_be_kept(leaf) for value in values.values() for leaf in _leaves(value))


@cache
def _checker(hint: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(hint)


def _is_ours(thing: object) -> bool:
    return str(thing.__module__).startswith(f"{_OURS}.")


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from _leaves(inner)
    else:
        yield value


def _can_be_kept(leaf: object) -> bool:
    if isinstance(leaf, str):
        return not _UNKEEPABLE.search(leaf)
    return not isinstance(leaf, int) or abs(leaf) <= LARGEST_NUMBER
